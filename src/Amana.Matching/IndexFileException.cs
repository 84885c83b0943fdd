namespace Amana.Matching;

/// <summary>A file cannot be opened as an index. <see cref="Code"/> says why, for callers that refuse it to a user.</summary>
public sealed class IndexFileException : IOException
{
    /// <summary>The file does not start as an Amana index does.</summary>
    public const string NotAnIndex = "index.not-an-index";
    /// <summary>Written by another version of the format; build it anew from the list.</summary>
    public const string OtherVersion = "index.other-version";
    /// <summary>Cut short, or its bytes differ from what was written.</summary>
    public const string Damaged = "index.damaged";

    public IndexFileException() : this(Damaged, "The index file is damaged.") { }

    public IndexFileException(string message) : this(Damaged, message) { }

    public IndexFileException(string message, Exception innerException) : base(message, innerException) => Code = Damaged;

    public IndexFileException(string code, string message) : base(message) => Code = code;

    public string Code { get; }
}
