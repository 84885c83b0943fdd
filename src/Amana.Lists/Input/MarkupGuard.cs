namespace Amana.Lists.Input;

/// <summary>Passes XML bytes on as long as there is markup: a text, attribute or comment without a <c>&lt;</c> for longer
/// than <see cref="BytesMax"/> would have to be held in memory by the parser.</summary>
internal sealed class MarkupGuard(Stream inner, string file) : ForwardStream
{
    public const int BytesMax = 16 * 1024 * 1024;
    private int _since;

    public override int Read(Span<byte> buffer)
    {
        int n = inner.Read(buffer);
        int last = buffer[..n].LastIndexOf((byte)'<');
        _since = last >= 0 ? n - last : _since + n;
        if (_since > BytesMax)
            throw new ListFileException(ListCodes.XmlForbidden, $"The file {file} holds a piece of text longer than {BytesMax / 1024 / 1024} MiB.", file);
        return n;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
