using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Amana.Paper.Pdf;

/// <summary>The objects of a file and where they lie. Source: ISO 32000-1, 7.5.</summary>
internal sealed class PdfFile
{
    private readonly List<byte[]?> _objects = [];

    /// <summary>A number for an object that is written later.</summary>
    public int Reserve()
    {
        _objects.Add(null);
        return _objects.Count;
    }

    public void Set(int number, string body) => _objects[number - 1] = Encoding.Latin1.GetBytes(body);

    public int Add(string body)
    {
        int number = Reserve();
        Set(number, body);
        return number;
    }

    /// <param name="entries">What the stream's dictionary says beside its length.</param>
    /// <param name="packed">The bytes are in the form that <paramref name="entries"/> name; else they are packed here.</param>
    public int AddStream(string entries, byte[] bytes, bool packed = false)
    {
        if (!packed)
        {
            bytes = Pack(bytes);
            entries += "/Filter/FlateDecode";
        }

        _objects.Add([.. Encoding.Latin1.GetBytes($"<<{entries}/Length {bytes.Length}>>\nstream\n"), .. bytes, .. "\nendstream"u8]);
        return _objects.Count;
    }

    /// <summary>As it is: some readers look for it without unpacking anything.</summary>
    public int AddPlainStream(string entries, byte[] bytes) => AddStream(entries, bytes, packed: true);

    public byte[] ToBytes(int root, int information)
    {
        var file = new MemoryStream();
        void Write(string text) => file.Write(Encoding.Latin1.GetBytes(text));
        Write("%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n");
        long[] places = new long[_objects.Count];
        for (int i = 0; i < _objects.Count; i++)
        {
            places[i] = file.Length;
            Write($"{i + 1} 0 obj\n");
            file.Write(_objects[i] ?? throw new InvalidOperationException($"Object {i + 1} was never written."));
            Write("\nendobj\n");
        }

        string id = Convert.ToHexString(SHA256.HashData(file.ToArray()).AsSpan(0, 16));
        long table = file.Length;
        Write($"xref\n0 {_objects.Count + 1}\n0000000000 65535 f \n");
        foreach (long place in places) Write(string.Create(CultureInfo.InvariantCulture, $"{place:D10} 00000 n \n"));
        Write($"trailer\n<</Size {_objects.Count + 1}/Root {root} 0 R/Info {information} 0 R/ID[<{id}><{id}>]>>\nstartxref\n{table}\n%%EOF\n");
        return file.ToArray();
    }

    public static byte[] Pack(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>A text of any script.</summary>
    public static string Text(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    public static string Number(double value) => Math.Round(value, 3).ToString("0.###", CultureInfo.InvariantCulture);
}
