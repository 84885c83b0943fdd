using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using HarfBuzzSharp;

namespace Amana.Paper.Fonts;

/// <summary>One TrueType font: its measures, its shaping, and the part of it that a document carries.</summary>
/// <remarks>Read once and never changed, so that many may write with it at a time.</remarks>
internal sealed class FontFile
{
    private static readonly string[] Kept = ["cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"];

    private readonly byte[] _bytes;
    private readonly Dictionary<string, (int At, int Length)> _tables = new(StringComparer.Ordinal);
    private readonly ushort[] _advances;
    private readonly object[] _held;

    private FontFile(string name, byte[] bytes)
    {
        (Name, _bytes) = (name, bytes);
        int count = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(4));
        for (int i = 0; i < count; i++)
        {
            var row = bytes.AsSpan(12 + i * 16, 16);
            _tables[Encoding.ASCII.GetString(row[..4])] = (BinaryPrimitives.ReadInt32BigEndian(row[8..]), BinaryPrimitives.ReadInt32BigEndian(row[12..]));
        }

        UnitsPerEm = Unsigned("head", 18);
        (Ascent, Descent) = (Signed("hhea", 4), Signed("hhea", 6));
        Box = [Signed("head", 36), Signed("head", 38), Signed("head", 40), Signed("head", 42)];
        Glyphs = Unsigned("maxp", 4);
        int measured = Unsigned("hhea", 34);
        _advances = new ushort[Glyphs];
        for (int g = 0; g < Glyphs; g++) _advances[g] = Unsigned("hmtx", Math.Min(g, measured - 1) * 4);
        // A font lives as long as the process: its bytes stay where they are, and all that stands on them is held.
        var pin = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        var blob = new Blob(pin.AddrOfPinnedObject(), bytes.Length, MemoryMode.ReadOnly);
        var face = new HarfBuzzSharp.Face(blob, 0);
        Shape = new Font(face);
        _held = [pin, blob, face];
        Shape.SetFunctionsOpenType();
    }

    /// <summary>As documents call it: <c>IBMPlexSans-Regular</c>.</summary>
    public string Name { get; }
    public int UnitsPerEm { get; }
    public int Ascent { get; }
    public int Descent { get; }
    public int Glyphs { get; }
    /// <summary>In which every glyph lies, in units of the font: left, lowest, right, highest.</summary>
    public int[] Box { get; }
    public Font Shape { get; }

    public static FontFile Of(string name)
    {
        using var stream = typeof(FontFile).Assembly.GetManifestResourceStream($"fonts/{name}.ttf")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return new FontFile(name, bytes.ToArray());
    }

    /// <summary>What must not be collected while the font is there.</summary>
    internal int HeldParts => _held.Length;

    public int AdvanceOf(ushort glyph) => _advances[glyph];

    public bool Has(int point) => Shape.TryGetNominalGlyph(point, out uint glyph) && glyph != 0;

    /// <summary>The font with the outlines of <paramref name="used"/> alone; numbers of glyphs stay.</summary>
    public byte[] Cut(IEnumerable<ushort> used)
    {
        var wanted = new SortedSet<ushort>(used) { 0 };
        var open = new Queue<ushort>(wanted);
        while (open.TryDequeue(out ushort glyph)) foreach (ushort part in PartsOf(glyph)) if (wanted.Add(part)) open.Enqueue(part);

        var outlines = new MemoryStream();
        byte[] places = new byte[(Glyphs + 1) * 4];
        for (int g = 0; g <= Glyphs; g++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(places.AsSpan(g * 4), (uint)outlines.Length);
            if (g == Glyphs || !wanted.Contains((ushort)g)) continue;
            outlines.Write(OutlineOf((ushort)g));
            while (outlines.Length % 4 != 0) outlines.WriteByte(0);
        }

        byte[] head = TableOf("head").ToArray();
        BinaryPrimitives.WriteInt16BigEndian(head.AsSpan(50), 1); // long places
        return Assemble(Kept.Where(_tables.ContainsKey).Select(t => (t, t switch { "glyf" => outlines.ToArray(), "loca" => places, "head" => head, _ => TableOf(t).ToArray() })).ToList());
    }

    private static byte[] Assemble(List<(string Tag, byte[] Bytes)> tables)
    {
        var file = new MemoryStream();
        int log = (int)Math.Log2(tables.Count);
        void Write(params ReadOnlySpan<int> shorts)
        {
            Span<byte> two = stackalloc byte[2];
            foreach (int s in shorts)
            {
                BinaryPrimitives.WriteUInt16BigEndian(two, (ushort)s);
                file.Write(two);
            }
        }

        Write(1, 0, tables.Count, 16 << log, log, tables.Count * 16 - (16 << log));
        int at = 12 + tables.Count * 16;
        foreach (var (tag, bytes) in tables)
        {
            uint sum = SumOf(bytes);
            file.Write(Encoding.ASCII.GetBytes(tag));
            Write((int)(sum >> 16), (int)(sum & 0xFFFF), at >> 16, at & 0xFFFF, bytes.Length >> 16, bytes.Length & 0xFFFF);
            at += (bytes.Length + 3) & ~3;
        }

        foreach (var (_, bytes) in tables)
        {
            file.Write(bytes);
            while (file.Length % 4 != 0) file.WriteByte(0);
        }

        return file.ToArray();
    }

    private static uint SumOf(byte[] bytes)
    {
        uint sum = 0;
        for (int i = 0; i < bytes.Length; i++) sum += (uint)bytes[i] << (24 - 8 * (i & 3));
        return sum;
    }

    // A glyph made of others names them one after the other.
    private List<ushort> PartsOf(ushort glyph)
    {
        var outline = OutlineOf(glyph);
        var parts = new List<ushort>();
        if (outline.Length < 10 || BinaryPrimitives.ReadInt16BigEndian(outline) >= 0) return parts;
        for (int at = 10; at + 4 <= outline.Length;)
        {
            int flags = BinaryPrimitives.ReadUInt16BigEndian(outline[at..]);
            parts.Add(BinaryPrimitives.ReadUInt16BigEndian(outline[(at + 2)..]));
            at += 4 + ((flags & 0x1) != 0 ? 4 : 2) + ((flags & 0x8) != 0 ? 2 : (flags & 0x40) != 0 ? 4 : (flags & 0x80) != 0 ? 8 : 0);
            if ((flags & 0x20) == 0) break;
        }

        return parts;
    }

    private ReadOnlySpan<byte> OutlineOf(ushort glyph)
    {
        bool isLong = Signed("head", 50) == 1;
        int from = PlaceOf(glyph, isLong), to = PlaceOf(glyph + 1, isLong);
        return TableOf("glyf")[from..to];
    }

    private int PlaceOf(int glyph, bool isLong)
    {
        var places = TableOf("loca");
        return isLong ? BinaryPrimitives.ReadInt32BigEndian(places[(glyph * 4)..]) : BinaryPrimitives.ReadUInt16BigEndian(places[(glyph * 2)..]) * 2;
    }

    private ReadOnlySpan<byte> TableOf(string tag) => _bytes.AsSpan(_tables[tag].At, _tables[tag].Length);

    private ushort Unsigned(string tag, int at) => BinaryPrimitives.ReadUInt16BigEndian(TableOf(tag)[at..]);

    private short Signed(string tag, int at) => BinaryPrimitives.ReadInt16BigEndian(TableOf(tag)[at..]);
}
