using System.Globalization;
using System.Net;
using System.Text;
using Amana.Sealing.Notes;

namespace Amana.Server.Witness;

/// <summary>The line to a witness: sends a checkpoint, reads a signature or how far the witness is.</summary>
internal sealed class WitnessLine : IDisposable
{
    private const int AnswerBytesMost = 16 * 1024;

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(5), PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = TimeSpan.FromSeconds(15), MaxResponseContentBufferSize = AnswerBytesMost,
    };

    /// <summary>https anywhere, or http on this machine.</summary>
    public static bool IsAddress(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.UserInfo.Length == 0 && address.Query.Length == 0
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    /// <param name="Signatures">What it signed with; empty when it did not.</param>
    /// <param name="Known">How far it is, when that is not where we thought.</param>
    /// <param name="Away">It did not answer, or with an error of its own.</param>
    /// <param name="IsAsked">Its people have yet to agree.</param>
    public sealed record Answer(IReadOnlyList<NoteSignature> Signatures, long? Known, bool Away, bool IsAsked = false);

    public async Task<Answer> SendAsync(string address, CheckpointRequest request, CancellationToken cancel)
    {
        try
        {
            using var content = new ByteArrayContent(request.ToBytes());
            using var answer = await _http.PostAsync(new Uri(new Uri(address.TrimEnd('/') + "/"), "add-checkpoint"), content, cancel);
            string said = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(cancel));
            if (answer.StatusCode is HttpStatusCode.Conflict && long.TryParse(said.AsSpan().TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out long known)) return new([], known, false);
            if (answer.StatusCode is not HttpStatusCode.OK) return new([], null, (int)answer.StatusCode >= 500 || answer.StatusCode is HttpStatusCode.TooManyRequests);
            var signatures = new List<NoteSignature>();
            foreach (string line in said.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                if (NoteSignature.TryParse(line, out var signature)) signatures.Add(signature!);
            }

            return new(signatures, null, false);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return new([], null, true);
        }
    }

    public void Dispose() => _http.Dispose();
}
