namespace Amana.Server.Web;

/// <summary>A page on which somebody who is not signed in writes: nothing of it is kept by browser or proxy, no cookie is set.</summary>
public abstract class StrangerPage : Piece
{
    protected override void OnInitialized() => Http.Response.Headers.CacheControl = "no-store";

    private protected string? Typed(string field) => Http.Request.HasFormContentType ? Http.Request.Form[field].ToString() : null;

    /// <summary>All values of a field, such as ticked boxes.</summary>
    private protected IReadOnlyList<string> PostedAll(string field) => Http.Request.HasFormContentType ? [.. Http.Request.Form[field].OfType<string>()] : [];

    /// <summary>The bytes of an uploaded file, in memory only; null when there is none.</summary>
    /// <param name="bytesMax">One byte more is read, so that too large a file is seen to be one.</param>
    private protected async Task<byte[]?> UploadAsync(string field, int bytesMax)
    {
        if (!Http.Request.HasFormContentType || Http.Request.Form.Files.GetFile(field) is not { Length: > 0 } file) return null;
        byte[] bytes = new byte[Math.Min(file.Length, bytesMax + 1L)];
        await using var stream = file.OpenReadStream();
        await stream.ReadExactlyAsync(bytes, Http.RequestAborted);
        return bytes;
    }
}
