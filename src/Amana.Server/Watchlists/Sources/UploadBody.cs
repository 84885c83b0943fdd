using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Amana.Server.Watchlists;

/// <summary>Reads the body of an upload as it arrives: <c>multipart/form-data</c> with files and text fields, or the bytes of
/// one file with <c>?file=NAME</c>.</summary>
internal sealed class UploadBody(HttpRequest request)
{
    private const int FieldCharsMax = ListSource.MappingCharsMax;
    private const int FieldsMax = 10;
    private readonly Dictionary<string, string> _fields = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The fields read so far; the query string's where the body has none.</summary>
    public SourceSettings Settings => new() { Title = Field("title"), Format = Field("format"), Mapping = Field("mapping") };

    /// <exception cref="InvalidDataException">The body is not what its content type says.</exception>
    /// <exception cref="IOException">The body broke off.</exception>
    public async IAsyncEnumerable<SentFile> FilesAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            if (request.Query["file"].ToString() is { Length: > 0 } name) yield return new SentFile(name, request.Body);
            yield break;
        }
        string boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (boundary.Length is 0 or > 200) throw new InvalidDataException("The multipart boundary is missing.");
        var reader = new MultipartReader(boundary, request.Body) { BodyLengthLimit = null };
        while (await reader.ReadNextSectionAsync(cancel) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)) continue;
            if (disposition.IsFileDisposition())
            {
                string file = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();
                // A form with an empty file field sends an empty name.
                if (file.Length > 0) yield return new SentFile(file, section.Body);
            }
            else if (disposition.IsFormDisposition())
            {
                await ReadFieldAsync(HeaderUtilities.RemoveQuotes(disposition.Name).ToString(), section.Body, cancel);
            }
        }
    }

    private async Task ReadFieldAsync(string name, Stream body, CancellationToken cancel)
    {
        if (_fields.Count == FieldsMax) throw new InvalidDataException("Too many fields.");
        using var text = new StreamReader(body);
        char[] buffer = new char[FieldCharsMax + 1];
        int read = await text.ReadBlockAsync(buffer, cancel);
        if (read > FieldCharsMax) throw new InvalidDataException("A field is too long.");
        _fields[name] = new string(buffer, 0, read);
    }

    private string? Field(string name) =>
        _fields.TryGetValue(name, out string? value) ? value : request.Query[name].ToString() is { Length: > 0 } inAddress ? inAddress : null;
}
