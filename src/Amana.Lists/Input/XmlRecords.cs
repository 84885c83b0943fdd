using System.Text;
using System.Xml;

namespace Amana.Lists.Input;

/// <summary>A piece of a record: an element, its text and its children.</summary>
internal sealed record XmlPiece(string Name)
{
    public string Text { get; set; } = "";
    public List<XmlPiece> Children { get; } = [];

    /// <summary>The text of the first child of that name; null when blank or absent.</summary>
    public string? this[string name] => Children.Find(c => c.Name == name)?.Text is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    public IEnumerable<XmlPiece> All(string name) => Children.Where(c => c.Name == name);
}

/// <summary>Gives the records of an XML file one after the other. Document types, and with them entities of any kind, are
/// refused; so are depth and size without a limit.</summary>
internal sealed class XmlRecords : IDisposable
{
    public const int DepthMax = 32;
    public const int RecordCharsMax = 2 * 1024 * 1024;
    private const int PiecesMax = 20_000;

    private readonly XmlReader _reader;
    private readonly string _file;
    private readonly char[] _chunk = new char[4096];
    private int _chars;
    private int _pieces;

    public XmlRecords(Stream stream, string file)
    {
        _file = file;
        // The first bytes are read here already, to tell the encoding.
        _reader = Guarded(() => XmlReader.Create(new MarkupGuard(stream, file), new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
        }));
    }

    public long Line => ((IXmlLineInfo)_reader).LineNumber;

    /// <summary>Goes to the next element of one of these names, whole.</summary>
    /// <returns>Null at the end of the file. A record over its limits comes with <see cref="TooLarge"/> and without content.</returns>
    /// <exception cref="ListFileException">The file is no XML, breaks off, or holds what is refused.</exception>
    public XmlPiece? Next(string root, IReadOnlyList<string> names)
    {
        return Guarded(() =>
        {
            while (_reader.Read())
            {
                if (_reader.NodeType is not XmlNodeType.Element) continue;
                if (_reader.Depth == 0 && _reader.LocalName != root)
                    throw new ListFileException(ListCodes.UnknownLayout, $"The file {_file} begins with {_reader.LocalName}; {root} was expected.", _file, Line);
                CheckDepth();
                if (!names.Contains(_reader.LocalName)) continue;
                (_chars, _pieces, TooLarge, StartLine) = (0, 0, false, Line);
                return ReadPiece();
            }
            return null;
        });
    }

    public bool TooLarge { get; private set; }
    public long StartLine { get; private set; }

    private XmlPiece ReadPiece()
    {
        CheckDepth();
        var piece = new XmlPiece(_reader.LocalName);
        if (_reader.IsEmptyElement) return piece;
        int depth = _reader.Depth;
        StringBuilder? text = null;
        while (_reader.Read() && _reader.Depth > depth)
        {
            if (_reader.NodeType is XmlNodeType.Element) AddChild(piece);
            else if (_reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA) AppendText(text ??= new StringBuilder());
        }
        piece.Text = text?.ToString() ?? "";
        return piece;
    }

    private void AddChild(XmlPiece parent)
    {
        var child = ReadPiece();
        if (++_pieces > PiecesMax) TooLarge = true;
        else parent.Children.Add(child);
    }

    private void AppendText(StringBuilder text)
    {
        int n;
        while ((n = _reader.ReadValueChunk(_chunk, 0, _chunk.Length)) > 0)
        {
            _chars += n;
            if (_chars > RecordCharsMax) { TooLarge = true; _chars = RecordCharsMax; }
            else text.Append(_chunk, 0, n);
        }
    }

    private void CheckDepth()
    {
        if (_reader.Depth > DepthMax)
            throw new ListFileException(ListCodes.XmlForbidden, $"The file {_file} is nested deeper than {DepthMax}.", _file, Line);
    }

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (XmlException e)
        {
            bool dtd = e.Message.Contains("DTD", StringComparison.Ordinal);
            throw new ListFileException(dtd ? ListCodes.XmlForbidden : ListCodes.XmlBroken,
                dtd ? $"The file {_file} declares a document type; entities are not expanded and such files are not read."
                    : $"The file {_file} is not whole XML: it breaks off or is wrong at line {e.LineNumber}, column {e.LinePosition}.",
                _file, e.LineNumber);
        }
    }

    public void Dispose() => _reader.Dispose();
}
