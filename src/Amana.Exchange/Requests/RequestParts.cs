namespace Amana.Exchange.Requests;

/// <summary>A request as its signature sees it (RFC 9421, 2.2).</summary>
/// <param name="Method">In capitals: <c>POST</c>.</param>
/// <param name="Authority">Host, in small letters, with the port unless it is the scheme's own: <c>amana.utopia.example</c>.</param>
/// <param name="Path">As sent, begins with a slash.</param>
/// <param name="Query">As sent, with its question mark; <c>?</c> alone when there is none.</param>
/// <param name="Headers">Values of a header's lines by its name in small letters; none: an empty list.</param>
public sealed record RequestParts(string Method, string Authority, string Path, string Query, Func<string, IReadOnlyList<string>> Headers)
{
    /// <summary>What the signature says of one component; null when the request has none.</summary>
    /// <param name="name"><c>@method</c>, <c>@authority</c>, <c>@path</c>, <c>@query</c>, or the name of a header.</param>
    internal string? ValueOf(string name)
    {
        switch (name)
        {
            case "@method": return Method;
            case "@authority": return Authority;
            case "@path": return Path;
            case "@query": return Query;
        }

        if (name.Length == 0 || name[0] == '@' || name.Any(char.IsAsciiLetterUpper)) return null;
        var lines = Headers(name);
        // A line break inside a value could forge another component's line.
        return lines.Count == 0 || lines.Any(l => l.AsSpan().ContainsAny("\r\n\0")) ? null : string.Join(", ", lines.Select(l => l.Trim(' ', '\t')));
    }
}
