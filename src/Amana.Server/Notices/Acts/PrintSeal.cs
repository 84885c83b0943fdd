using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Keys;
using Microsoft.EntityFrameworkCore;
using QRCoder;

namespace Amana.Server.Notices;

/// <summary>What a paper says when it is held against the register.</summary>
internal enum PaperStanding { InForce, NewerEdition, NoLonger, NotOurs }

/// <summary>The code on a printed notice: reference, edition, and a keyed mark that nobody else can make. With it anybody learns whether
/// the notice is in force today, and nothing of what it says.</summary>
internal sealed class PrintSeal(AmanaDb db, KeyFolder keys)
{
    public const int CharsMax = 80;
    private const string KeyName = "notice-print";
    private const int KeyBytes = 32, MarkBytes = 9;
    private readonly Lazy<byte[]> _key = new(() => keys.Secret(KeyName, KeyBytes));

    public string CodeOf(string reference, int edition) => string.Create(CultureInfo.InvariantCulture, $"{reference}.{edition}.{MarkOf(reference, edition)}");

    /// <summary>A square code as an <c>svg</c> element.</summary>
    public static string Picture(string address)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        return svg.GetGraphic(4, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }

    /// <summary>The same code as rows of dark and light, with its quiet edge.</summary>
    public static IReadOnlyList<IReadOnlyList<bool>> SquaresOf(string address)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(address, QRCodeGenerator.ECCLevel.M);
        return [.. data.ModuleMatrix.Select(row => (IReadOnlyList<bool>)[.. row.Cast<bool>()])];
    }

    /// <summary>No trace is kept of who asked.</summary>
    public async Task<(PaperStanding Standing, string? Reference)> StandingOfAsync(string? code, CancellationToken cancel)
    {
        string[] parts = (code ?? "").Trim().Split('.');
        if (parts.Length != 3 || code!.Length > CharsMax || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int edition)
            || !NoticeReference.TryParse(parts[0], null, out var known)) return (PaperStanding.NotOurs, null);
        string reference = known.ToString();
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(MarkOf(reference, edition)), Encoding.UTF8.GetBytes(parts[2]))) return (PaperStanding.NotOurs, null);
        var notice = await db.Notices.AsNoTracking().Where(n => n.Reference == reference).Select(n => new { n.State, n.Edition }).SingleOrDefaultAsync(cancel);
        return (notice switch
        {
            { State: NoticeState.Published } when notice.Edition == edition => PaperStanding.InForce,
            { State: NoticeState.Published } => PaperStanding.NewerEdition,
            _ => PaperStanding.NoLonger,
        }, reference);
    }

    private string MarkOf(string reference, int edition) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{reference}\n{edition}"))).AsSpan(0, MarkBytes));
}
