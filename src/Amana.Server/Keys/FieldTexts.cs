using System.Text;

namespace Amana.Server.Keys;

/// <summary>Several texts as one sealed part of a row.</summary>
public static class FieldTexts
{
    public static byte[] Join(params ReadOnlySpan<string> texts)
    {
        using var all = new MemoryStream();
        using (var writer = new BinaryWriter(all, Encoding.UTF8, leaveOpen: true))
        {
            foreach (string text in texts) writer.Write(text);
        }

        return all.ToArray();
    }

    /// <param name="count">As many as were joined.</param>
    public static string[] Split(byte[] joined, int count)
    {
        using var reader = new BinaryReader(new MemoryStream(joined, writable: false), Encoding.UTF8);
        string[] texts = new string[count];
        for (int i = 0; i < count; i++) texts[i] = reader.ReadString();
        return texts;
    }
}
