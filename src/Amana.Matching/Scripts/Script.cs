namespace Amana.Matching.Scripts;

/// <summary>The scripts that names are told apart by, named as ISO 15924 names them. Kana is both kana sets.</summary>
internal enum Script : byte
{
    /// <summary>No letter of a known script: digits, marks, anything else.</summary>
    Zyyy,
    Latn, Arab, Cyrl, Grek, Hebr, Hani, Hang, Kana, Geor, Armn,
    Deva, Beng, Guru, Gujr, Orya, Taml, Telu, Knda, Mlym, Sinh,
    Thai, Laoo, Mymr, Khmr, Tibt, Ethi, Mong, Thaa, Syrc, Cher, Bopo,
}

internal static class ScriptRules
{
    public const int Count = (int)Script.Bopo + 1;

    /// <summary>First and last code unit of each run, in order. Source: Unicode 16 Blocks.txt and Scripts.txt.</summary>
    private static readonly (char First, char Last, Script Script)[] Runs =
    [
        ('A', 'Z', Script.Latn), ('a', 'z', Script.Latn), ('\u00AA', '\u00AA', Script.Latn), ('\u00BA', '\u00BA', Script.Latn),
        ('\u00C0', '\u00D6', Script.Latn), ('\u00D8', '\u00F6', Script.Latn), ('\u00F8', '\u02B8', Script.Latn),
        ('\u0370', '\u03FF', Script.Grek), ('\u0400', '\u052F', Script.Cyrl), ('\u0531', '\u058F', Script.Armn),
        ('\u0591', '\u05F4', Script.Hebr), ('\u0610', '\u061A', Script.Arab), ('\u0620', '\u065F', Script.Arab),
        ('\u066E', '\u06D3', Script.Arab), ('\u06D5', '\u06EF', Script.Arab), ('\u06FA', '\u06FF', Script.Arab),
        ('\u0700', '\u074F', Script.Syrc), ('\u0750', '\u077F', Script.Arab), ('\u0780', '\u07BF', Script.Thaa),
        ('\u0870', '\u08FF', Script.Arab), ('\u0900', '\u097F', Script.Deva), ('\u0980', '\u09FF', Script.Beng),
        ('\u0A00', '\u0A7F', Script.Guru), ('\u0A80', '\u0AFF', Script.Gujr), ('\u0B00', '\u0B7F', Script.Orya),
        ('\u0B80', '\u0BFF', Script.Taml), ('\u0C00', '\u0C7F', Script.Telu), ('\u0C80', '\u0CFF', Script.Knda),
        ('\u0D00', '\u0D7F', Script.Mlym), ('\u0D80', '\u0DFF', Script.Sinh), ('\u0E00', '\u0E7F', Script.Thai),
        ('\u0E80', '\u0EFF', Script.Laoo), ('\u0F00', '\u0FFF', Script.Tibt), ('\u1000', '\u109F', Script.Mymr),
        ('\u10A0', '\u10FF', Script.Geor), ('\u1100', '\u11FF', Script.Hang), ('\u1200', '\u139F', Script.Ethi),
        ('\u13A0', '\u13FF', Script.Cher), ('\u1780', '\u17FF', Script.Khmr), ('\u1800', '\u18AF', Script.Mong),
        ('\u1C80', '\u1C8F', Script.Cyrl), ('\u1C90', '\u1CBF', Script.Geor), ('\u1D00', '\u1D25', Script.Latn),
        ('\u1E00', '\u1EFF', Script.Latn), ('\u1F00', '\u1FFF', Script.Grek), ('\u2C60', '\u2C7F', Script.Latn),
        ('\u2D00', '\u2D2F', Script.Geor), ('\u2D80', '\u2DDF', Script.Ethi), ('\u2DE0', '\u2DFF', Script.Cyrl),
        ('\u2E80', '\u2FDF', Script.Hani), ('\u3005', '\u3007', Script.Hani), ('\u3041', '\u3096', Script.Kana),
        ('\u309D', '\u309F', Script.Kana), ('\u30A1', '\u30FA', Script.Kana), ('\u30FC', '\u30FF', Script.Kana),
        ('\u3105', '\u312F', Script.Bopo), ('\u3131', '\u318E', Script.Hang), ('\u31A0', '\u31BF', Script.Bopo),
        ('\u31F0', '\u31FF', Script.Kana), ('\u3400', '\u4DBF', Script.Hani), ('\u4E00', '\u9FFF', Script.Hani),
        ('\uA640', '\uA69F', Script.Cyrl), ('\uA720', '\uA7FF', Script.Latn), ('\uA8E0', '\uA8FF', Script.Deva),
        ('\uA960', '\uA97F', Script.Hang), ('\uA9E0', '\uA9FF', Script.Mymr), ('\uAA60', '\uAA7F', Script.Mymr),
        ('\uAB00', '\uAB2F', Script.Ethi), ('\uAB30', '\uAB64', Script.Latn), ('\uAB70', '\uABBF', Script.Cher),
        ('\uAC00', '\uD7FF', Script.Hang), ('\uF900', '\uFAFF', Script.Hani), ('\uFB00', '\uFB06', Script.Latn),
        ('\uFB13', '\uFB17', Script.Armn), ('\uFB1D', '\uFB4F', Script.Hebr), ('\uFB50', '\uFDFF', Script.Arab),
        ('\uFE70', '\uFEFC', Script.Arab), ('\uFF21', '\uFF3A', Script.Latn), ('\uFF41', '\uFF5A', Script.Latn),
        ('\uFF66', '\uFF9D', Script.Kana),
    ];

    private static readonly Script[] ByChar = Spread();

    /// <summary>The script of a code unit; a high surrogate of the CJK planes counts as Han.</summary>
    public static Script Of(char c) => ByChar[c];

    private static Script[] Spread()
    {
        var table = new Script[char.MaxValue + 1];
        foreach (var (first, last, script) in Runs) table.AsSpan(first..(last + 1)).Fill(script);
        for (char c = '\uD840'; c <= '\uD88D'; c++) table[c] = Script.Hani; // planes 2 and 3
        return table;
    }

    extension(Script script)
    {
        /// <summary>Whether family and given name are often written together, without a space.</summary>
        public bool RunsTogether => script is Script.Hani or Script.Hang;

        /// <summary>Whether a single letter may stand for a whole name.</summary>
        public bool HasInitials => script is Script.Latn or Script.Cyrl or Script.Grek or Script.Geor or Script.Armn or Script.Hebr or Script.Arab;

        /// <summary>Whether the last letters of a word are spelled in ways of their own: Thai ends on few sounds.</summary>
        public bool HasOwnEndings => script is Script.Thai or Script.Cyrl;

        /// <summary>Whether most vowels are left out in names.</summary>
        public bool LeavesVowelsOut => script is Script.Arab or Script.Hebr or Script.Syrc;

        /// <summary>Whether vowels are signs on consonants that stand for a by themselves.</summary>
        public bool IsAbugida => script is >= Script.Deva and <= Script.Sinh or Script.Tibt;
    }
}
