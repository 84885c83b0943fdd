using System.Net.Sockets;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;

namespace Amana.Server.Uploads;

/// <summary>The one way by which an act takes a file from outside: through the scanner, where there is one.</summary>
public sealed partial class UploadGate
{
    private readonly ScannerOptions _options;
    private readonly AmanaDb _db;
    private readonly JournalWriter _journal;
    private readonly ILogger<UploadGate> _log;

    internal UploadGate(ScannerOptions options, AmanaDb db, JournalWriter journal, ILogger<UploadGate> log) => (_options, _db, _journal, _log) = (options, db, journal, log);

    /// <summary>Looks at a file that is there whole.</summary>
    /// <param name="door">Through which it came, for the journal: <c>picture</c>.</param>
    /// <returns>Null when it may be kept.</returns>
    public async Task<Refusal?> CheckAsync(ReadOnlyMemory<byte> file, string door, Actor who, CancellationToken cancel)
    {
        await using var watched = Watch(Stream.Null);
        await watched.ShowAsync(file, cancel);
        return await CheckAsync(watched, door, who, cancel);
    }

    /// <summary>Shows everything that is read from a file on its way in to the scanner. Reading goes on whatever it says, so that the sender
    /// gets its answer; <see cref="CheckAsync(WatchedStream, string, Actor, CancellationToken)"/> decides.</summary>
    public WatchedStream Watch(Stream from) => new(from, _options);

    /// <summary>Before the file counts.</summary>
    /// <returns>Null when it may be kept.</returns>
    public async Task<Refusal?> CheckAsync(WatchedStream file, string door, Actor who, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(who);
        if (!_options.IsOn) return null;
        string answer = await file.EndAsync(cancel);
        if (answer.EndsWith(": OK", StringComparison.Ordinal)) return null;
        bool found = answer.EndsWith(" FOUND", StringComparison.Ordinal);
        var refusal = found ? UploadRefusals.Infected : answer.Contains("size limit exceeded", StringComparison.OrdinalIgnoreCase) ? UploadRefusals.ScannerLimit : UploadRefusals.ScannerAway;
        if (refusal == UploadRefusals.ScannerAway) LogAway(_log);
        _journal.Record(who, "upload.refused", details: new { door, refusal.Code, found = found ? NameIn(answer) : null });
        await _db.SaveChangesAsync(cancel);
        return refusal;
    }

    // "stream: Eicar-Signature FOUND": the scanner's own word for what it found, bounded.
    private static string NameIn(string answer)
    {
        string name = answer[..^" FOUND".Length];
        name = name[(name.IndexOf(": ", StringComparison.Ordinal) is >= 0 and var at ? at + 2 : 0)..];
        return name.Length <= 100 ? name : name[..100];
    }

    [LoggerMessage(LogLevel.Warning, "The scanner for files does not answer; a file was refused")]
    private static partial void LogAway(ILogger log);

    /// <summary>A file on its way in.</summary>
    public sealed class WatchedStream : Stream
    {
        private readonly Stream _from;
        private readonly ScannerOptions _options;
        private Clamd? _clamd;
        private bool _isAway;

        internal WatchedStream(Stream from, ScannerOptions options) => (_from, _options) = (from, options);

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int read = await _from.ReadAsync(buffer, cancellationToken);
            await ShowAsync(buffer[..read], cancellationToken);
            return read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A file on its way in is read as it comes.");
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
            // Nothing is written.
        }

        public override async ValueTask DisposeAsync()
        {
            if (_clamd is not null) await _clamd.DisposeAsync();
            await base.DisposeAsync();
        }

        internal async Task ShowAsync(ReadOnlyMemory<byte> piece, CancellationToken cancel)
        {
            if (!_options.IsOn || _isAway) return;
            try
            {
                _clamd ??= await Clamd.OpenAsync(_options, cancel);
                await _clamd.ShowAsync(piece, cancel);
            }
            catch (Exception e) when (e is IOException or SocketException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
            {
                _isAway = true; // or it has said why it takes no more: asked at the end
            }
        }

        /// <returns>What the scanner says; empty when it says nothing.</returns>
        internal async Task<string> EndAsync(CancellationToken cancel)
        {
            try
            {
                if (!_isAway) _clamd ??= await Clamd.OpenAsync(_options, cancel);
                return _clamd is null ? "" : await _clamd.EndAsync(cancel);
            }
            catch (Exception e) when (e is IOException or SocketException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
            {
                return "";
            }
        }
    }
}
