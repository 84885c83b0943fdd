using System.Buffers.Text;
using System.Security.Cryptography;

namespace Amana.Server.Web;

/// <summary>On a page: all its answers have one length, so that who sees only how much is sent does not learn what it says.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class EvenLengthAttribute : Attribute;

/// <summary>Fills the answers of such pages up with a comment of random signs behind the page, which no packing makes smaller.</summary>
/// <remarks>The step is larger than a letter with reasons of the greatest length; one that says much of many things takes the next.</remarks>
internal static class EvenLength
{
    public const int StepBytes = 64 * 1024;
    private static readonly byte[] Head = "<!--"u8.ToArray(), Tail = "-->"u8.ToArray();

    public static async Task FillAsync(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<EvenLengthAttribute>() is null)
        {
            await next(http);
            return;
        }

        var sent = http.Response.Body;
        using var page = new MemoryStream(StepBytes);
        http.Response.Body = page;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = sent;
        }

        http.Response.Headers.CacheControl = "no-store, no-transform";
        byte[] filler = FillerOf((int)page.Length);
        http.Response.ContentLength = page.Length + filler.Length;
        page.Position = 0;
        await page.CopyToAsync(sent, http.RequestAborted);
        await sent.WriteAsync(filler, http.RequestAborted);
    }

    /// <summary>What makes a page of this length one of a whole number of steps.</summary>
    internal static byte[] FillerOf(int length)
    {
        int least = length + Head.Length + Tail.Length, whole = ((least + StepBytes - 1) / StepBytes) * StepBytes, signs = whole - least;
        byte[] random = RandomNumberGenerator.GetBytes(signs), text = new byte[Base64Url.GetEncodedLength(random.Length)];
        Base64Url.EncodeToUtf8(random, text);
        // A comment must hold no two hyphens in a row.
        text.AsSpan().Replace((byte)'-', (byte)'.');
        return [.. Head, .. text.AsSpan(0, signs), .. Tail];
    }
}
