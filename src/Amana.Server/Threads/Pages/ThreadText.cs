using System.Globalization;
using System.Security.Cryptography;
using Amana.Exchange.Directory;
using Amana.Exchange.Post;
using Amana.Server.Access;
using Amana.Server.Exchange;
using Amana.Server.Foundation;
using Amana.Server.Web;
using Amana.Vocabulary;
using Microsoft.AspNetCore.Http;

namespace Amana.Server.Threads;

/// <summary>That a bureau has a new key to sign with, or that one is believed no more.</summary>
public sealed record KeyChange(DateTimeOffset At, string Bureau, string Mark, bool IsRevoked);

/// <summary>How pages say what stands in threads.</summary>
internal static class ThreadText
{
    private static readonly TimeSpan GoodBefore = TimeSpan.FromHours(1);

    /// <summary>The first bytes of a key's hash, as they are read aloud: <c>7F3A 22D1</c>.</summary>
    public static string MarkOf(DirectoryKey key)
    {
        string hex = Convert.ToHexString(SHA256.HashData(key.Key.Span).AsSpan(0, 4));
        return $"{hex[..4]} {hex[4..]}";
    }

    /// <summary>The key that a bureau signs with at that moment; null when the directory has none.</summary>
    public static DirectoryKey? KeyOf(BureauEntry? bureau, DateTimeOffset at) => bureau?.Signing.Where(k => k.From <= at && at < k.Until).MaxBy(k => k.From);

    /// <summary>Signing keys that bureaus of a thread renewed, or that were revoked, since it began, by time: each is a line in it. As the directory says that this bureau holds.</summary>
    public static IReadOnlyList<KeyChange> KeyChanges(ThreadView thread, BureauBook bureaus)
    {
        if (thread.Messages.Count == 0) return [];
        var began = thread.Messages.Min(m => m.WrittenAt);
        return [.. thread.Row.Members.Select(m => bureaus.Find(BureauCode.Of(m))).OfType<BureauEntry>().SelectMany(ChangesOf).Where(c => c.At.AddSeconds(1) > began).OrderBy(c => c.At).ThenBy(c => c.IsRevoked)];
    }

    // A key is good from an hour before it was made, since the clocks of others are not ours; a bureau's first one replaces none.
    private static IEnumerable<KeyChange> ChangesOf(BureauEntry bureau)
    {
        foreach (var (number, key) in bureau.Signing.OrderBy(k => k.From).ThenBy(k => k.Name, StringComparer.Ordinal).Index())
        {
            if (number > 0) yield return new(key.From + GoodBefore, bureau.Bureau.Value, MarkOf(key), IsRevoked: false);
            if (key.RevokedAt is { } at) yield return new(at, bureau.Bureau.Value, MarkOf(key), IsRevoked: true);
        }
    }

    public static string Name(BureauEntry? bureau, string code, Texts texts) => bureau?.Names.GetValueOrDefault(texts.Language.Code) is { Length: > 0 } name ? name : code;

    /// <summary>The state of what we sent, in words: the last that is known of each recipient.</summary>
    public static string Standing(DeliveryView delivery, Texts texts) => delivery switch
    {
        { ActedAt: { } at } => texts.Say("threads.acted-by", ("bureau", delivery.Bureau.Value), ("at", Formats.Clock(at))),
        { ReadAt: { } at } => texts.Say("threads.read-by", ("bureau", delivery.Bureau.Value), ("at", Formats.Clock(at))),
        { DeliveredAt: { } at } => texts.Say("threads.delivered-to", ("bureau", delivery.Bureau.Value), ("at", Formats.Clock(at))),
        { State: DeliveryState.Refused } => texts.Say("threads.refused-by", ("bureau", delivery.Bureau.Value)),
        { State: DeliveryState.GivenUp } => texts.Say("threads.given-up-to", ("bureau", delivery.Bureau.Value)),
        { State: DeliveryState.Dead } => texts.Say("threads.dead-to", ("bureau", delivery.Bureau.Value)),
        _ => texts.Say("threads.waits-for", ("bureau", delivery.Bureau.Value)),
    };

    public static string List(IEnumerable<string> codes, Texts texts) => string.Join(texts["list.comma"], codes);

    /// <summary>What the form of a message says, as it was posted.</summary>
    public static SendMessage.Request Posted(HttpContext http, string? thread)
    {
        var form = http.Request.Form;
        string? Text(string field) => form[field];
        IReadOnlyList<string> Lines(string field) => (Text(field) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        IReadOnlyList<string> Words(string field) => (Text(field) ?? "").Split((char[])[' ', ',', ';', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        string grade = Text("grade") is { Length: 2 } two ? two : "X4";
        var handling = new HandlingForm([.. form["codes"].OfType<string>().Where(c => c != "H3")], Lines("conditions"), grade[..1], grade[1] - '0', Text("level"), Words("only"), Words("except"), InstantOf(Text("until")));
        string? asked = Text("asked-of");
        return new(thread, [.. form["to"].OfType<string>()], Text("subject"), Text("text"), handling, Text("urgency"), InstantOf(Text("due")), Words("about"),
            [.. Lines("asks").Select(a => new SendMessage.Ask(string.IsNullOrEmpty(asked) ? null : asked, a))],
            [.. form["answers"].OfType<string>().Select(AnswerOf).OfType<ThreadLetter.AnswerWords>()],
            [.. form["quotes"].OfType<string>().Where(q => Guid.TryParse(q, out _)).Select(Guid.Parse)], [.. form["confirmed"].OfType<string>()], [.. form["file"].OfType<string>().Where(f => Guid.TryParse(f, out _)).Select(Guid.Parse)], Text("purpose"));
    }

    /// <summary>As a field of the browser says it, in UTC.</summary>
    public static DateTimeOffset? InstantOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    private static ThreadLetter.AnswerWords? AnswerOf(string text) => text.Split('/') is [var letter, var number] && Guid.TryParse(letter, out var id)
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? new(id, n) : null;
}
