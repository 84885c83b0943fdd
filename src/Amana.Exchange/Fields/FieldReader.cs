using System.Globalization;
using System.Text;

namespace Amana.Exchange.Fields;

/// <summary>Reads HTTP structured fields: RFC 9651, section 4.2. What the section lets fail, fails.</summary>
public ref struct FieldReader
{
    private const int IntegerDigitsMost = 15, DecimalDigitsMost = 12, FractionDigitsMost = 3;

    private readonly ReadOnlySpan<char> _text;
    private int _at;

    private FieldReader(ReadOnlySpan<char> text) => _text = text;

    /// <param name="lines">Values of the header's lines, in order.</param>
    public static bool TryReadItem(IReadOnlyList<string> lines, out FieldItem? item)
    {
        string whole = Joined(lines);
        var reader = new FieldReader(whole);
        reader.SkipSpaces();
        item = reader.Item();
        return reader.EndsHere(item is not null);
    }

    public static bool TryReadList(IReadOnlyList<string> lines, out IReadOnlyList<FieldMember> members)
    {
        string whole = Joined(lines);
        var reader = new FieldReader(whole);
        var found = new List<FieldMember>();
        members = found;
        reader.SkipSpaces();
        while (!reader.IsAtEnd)
        {
            if (reader.Member() is not { } member) return false;
            found.Add(member);
            if (!reader.GoesOn(out bool more)) return false;
            if (!more) break;
        }

        return reader.EndsHere(true);
    }

    public static bool TryReadDictionary(IReadOnlyList<string> lines, out IReadOnlyList<KeyValuePair<string, FieldMember>> members)
    {
        string whole = Joined(lines);
        var reader = new FieldReader(whole);
        var found = new List<KeyValuePair<string, FieldMember>>();
        members = found;
        reader.SkipSpaces();
        while (!reader.IsAtEnd)
        {
            if (reader.Key() is not { } key) return false;
            FieldMember? member = reader.Take('=') ? reader.Member() : reader.Parameters() is { } parameters ? new FieldItem(new FieldFlag(true), parameters) : null;
            if (member is null) return false;
            int at = found.FindIndex(m => m.Key == key);
            if (at < 0) found.Add(new(key, member));
            else found[at] = new(key, member); // the last one counts, at the first one's place
            if (!reader.GoesOn(out bool more)) return false;
            if (!more) break;
        }

        return reader.EndsHere(true);
    }

    private readonly bool IsAtEnd => _at >= _text.Length;
    private readonly char Now => _at < _text.Length ? _text[_at] : '\0';

    private static string Joined(IReadOnlyList<string> lines) => lines.Count == 1 ? lines[0] : string.Join(", ", lines);

    private bool EndsHere(bool read)
    {
        SkipSpaces();
        return read && IsAtEnd;
    }

    // After a member: the end, or a comma and another one.
    private bool GoesOn(out bool more)
    {
        SkipBlanks();
        more = !IsAtEnd;
        if (!more) return true;
        if (!Take(',')) return false;
        SkipBlanks();
        return !IsAtEnd;
    }

    private FieldMember? Member() => Now == '(' ? InnerList() : Item();

    private FieldInnerList? InnerList()
    {
        _at++;
        var items = new List<FieldItem>();
        while (!IsAtEnd)
        {
            SkipSpaces();
            if (Take(')')) return Parameters() is { } parameters ? new(items, parameters) : null;
            if (Item() is not { } item) return null;
            items.Add(item);
            if (Now is not (' ' or ')')) return null;
        }

        return null;
    }

    private FieldItem? Item() => Bare() is { } bare && Parameters() is { } parameters ? new(bare, parameters) : null;

    private FieldParameters? Parameters()
    {
        var parameters = new FieldParameters();
        while (Take(';'))
        {
            SkipSpaces();
            if (Key() is not { } key) return null;
            BareItem? value = Take('=') ? Bare() : new FieldFlag(true);
            if (value is null) return null;
            parameters.With(key, value);
        }

        return parameters;
    }

    private string? Key()
    {
        if (!FieldLetters.BeginsKey(Now)) return null;
        int from = _at;
        while (!IsAtEnd && FieldLetters.IsOfKey(Now)) _at++;
        return _text[from.._at].ToString();
    }

    private BareItem? Bare() => Now switch
    {
        '-' or (>= '0' and <= '9') => Number(),
        '"' => Text() is { } text ? new FieldText(text) : null,
        '*' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') => Token(),
        ':' => Bytes(),
        '?' => Flag(),
        '@' => Date(),
        '%' => Display(),
        _ => null,
    };

    private BareItem? Number()
    {
        int from = _at;
        if (Now == '-') _at++;
        int digits = Digits();
        if (digits == 0) return null;
        if (Now != '.') return digits <= IntegerDigitsMost ? new FieldInteger(long.Parse(_text[from.._at], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)) : null;
        _at++;
        int fraction = Digits();
        return digits <= DecimalDigitsMost && fraction is >= 1 and <= FractionDigitsMost
            ? new FieldDecimal(decimal.Parse(_text[from.._at], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture))
            : null;
    }

    private int Digits()
    {
        int from = _at;
        while (char.IsAsciiDigit(Now)) _at++;
        return _at - from;
    }

    private string? Text()
    {
        _at++;
        var text = new StringBuilder();
        while (!IsAtEnd)
        {
            char letter = _text[_at++];
            if (letter == '"') return text.ToString();
            if (letter == '\\')
            {
                if (Now is not ('"' or '\\')) return null;
                letter = _text[_at++];
            }
            else if (letter is < ' ' or > '~')
            {
                return null;
            }

            text.Append(letter);
        }

        return null;
    }

    private FieldToken Token()
    {
        int from = _at++;
        while (!IsAtEnd && FieldLetters.IsOfToken(Now)) _at++;
        return new(_text[from.._at].ToString());
    }

    private FieldBytes? Bytes()
    {
        _at++;
        int length = _text[_at..].IndexOf(':');
        if (length < 0) return null;
        var written = _text.Slice(_at, length);
        _at += length + 1;
        if (written.ContainsAny(" \t\r\n")) return null; // the base library passes over them
        byte[] bytes = new byte[(length / 4 * 3) + 3];
        return Convert.TryFromBase64Chars(written, bytes, out int count) ? new(bytes.AsMemory(0, count)) : null;
    }

    private FieldFlag? Flag()
    {
        _at++;
        return Take('1') ? new(true) : Take('0') ? new(false) : null;
    }

    private FieldDate? Date()
    {
        _at++;
        return Now is '-' or (>= '0' and <= '9') && Number() is FieldInteger seconds ? new(seconds.Value) : null;
    }

    private FieldDisplay? Display()
    {
        _at++;
        if (!Take('"')) return null;
        var bytes = new List<byte>();
        while (!IsAtEnd)
        {
            char letter = _text[_at++];
            if (letter == '"') return Utf8Of(bytes) is { } text ? new(text) : null;
            if (letter is < ' ' or > '~') return null;
            if (letter != '%')
            {
                bytes.Add((byte)letter);
                continue;
            }

            if (_at + 2 > _text.Length || !FieldLetters.IsHex(_text[_at]) || !FieldLetters.IsHex(_text[_at + 1])) return null;
            bytes.Add(byte.Parse(_text.Slice(_at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            _at += 2;
        }

        return null;
    }

    private static string? Utf8Of(List<byte> bytes)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private bool Take(char letter)
    {
        if (IsAtEnd || Now != letter) return false;
        _at++;
        return true;
    }

    private void SkipSpaces()
    {
        while (!IsAtEnd && Now == ' ') _at++;
    }

    private void SkipBlanks()
    {
        while (!IsAtEnd && Now is ' ' or '\t') _at++;
    }
}
