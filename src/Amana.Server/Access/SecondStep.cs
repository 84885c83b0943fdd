using System.Security.Cryptography;
using Amana.Server.Foundation;
using Microsoft.AspNetCore.DataProtection;
using QRCoder;

namespace Amana.Server.Access;

/// <summary>The second step of a sign-in: its enrolment, its codes, and the recovery codes on paper.</summary>
internal sealed class SecondStep(IDataProtectionProvider protection, Instance instance, TimeProvider clock)
{
    public const int RecoveryCodeCount = 10;
    private static readonly TimeSpan EnrolmentLasts = TimeSpan.FromMinutes(30);
    // Read aloud and typed by hand: no I, L, O, U, 0, 1.
    private const string RecoveryLetters = "ABCDEFGHJKMNPQRSTVWXYZ23456789";

    private readonly ITimeLimitedDataProtector _offered = protection.CreateProtector("second-step-offered").ToTimeLimitedDataProtector();
    private readonly IDataProtector _kept = protection.CreateProtector("second-step");

    /// <summary>A new secret, shown once. The page carries <paramref name="Sealed"/> in a hidden field to the act that
    /// takes it up together with the first code.</summary>
    /// <param name="Secret">For typing into an app, in groups of four.</param>
    /// <param name="Uri"><c>otpauth://totp/…</c></param>
    /// <param name="QrSvg">The same as a picture: an <c>svg</c> element.</param>
    public sealed record Enrolment(string Sealed, string Secret, string Uri, string QrSvg);

    public Enrolment Offer(string userName) => Show(RandomNumberGenerator.GetBytes(Totp.SecretBytes), userName);

    /// <summary>The same offer again, for a form that comes back with a wrong entry; null when it is over.</summary>
    public Enrolment? OfferAgain(string? offered, string userName)
    {
        if (string.IsNullOrEmpty(offered)) return null;
        try
        {
            return Show(Convert.FromHexString(_offered.Unprotect(offered)), userName);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private Enrolment Show(byte[] secret, string userName)
    {
        string words = Totp.Base32(secret);
        string issuer = instance.IsSetUp ? $"Amana {instance.Bureau}" : "Amana";
        string uri = $"otpauth://totp/{Uri.EscapeDataString($"{issuer}:{userName}")}?secret={words}&issuer={Uri.EscapeDataString(issuer)}";
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(uri, QRCodeGenerator.ECCLevel.M);
        using var picture = new SvgQRCode(data);
        string svg = picture.GetGraphic(4, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
        return new Enrolment(_offered.Protect(Convert.ToHexString(secret), EnrolmentLasts), string.Join(' ', words.Chunk(4).Select(c => new string(c))), uri, svg);
    }

    /// <summary>Gives the person the offered secret if the code shows that the app has it.</summary>
    /// <returns>Null when taken up, otherwise why not; the person is then unchanged.</returns>
    public Refusal? TakeUp(Person person, string? offered, string? code)
    {
        byte[] secret;
        try
        {
            secret = Convert.FromHexString(_offered.Unprotect(offered ?? ""));
        }
        catch (CryptographicException)
        {
            return AccessRefusals.EnrolmentOver;
        }

        if (Totp.Find(secret, Digits(code), clock.GetUtcNow(), after: 0) is not { } step) return AccessRefusals.CodeWrong;
        person.SecondStepSealed = _kept.Protect(Convert.ToHexString(secret));
        person.SecondStepLast = step;
        return null;
    }

    /// <summary>Accepts a code of the app once, or a recovery code once. The caller saves.</summary>
    public bool Accept(Person person, string? code)
    {
        string typed = Digits(code);
        if (typed.Length == 6 && typed.All(char.IsAsciiDigit)) return AcceptTotp(person, typed);
        string hash = ApiToken.HashOf(typed.ToUpperInvariant());
        if (person.RecoveryCodes.FirstOrDefault(c => c.UsedAt is null && c.Hash == hash) is not { } paper) return false;
        paper.UsedAt = clock.GetUtcNow();
        return true;
    }

    /// <summary>Replaces the person's recovery codes; the new ones are in the answer and nowhere else.</summary>
    public static IReadOnlyList<string> NewRecoveryCodes(Person person)
    {
        person.RecoveryCodes.Clear();
        var codes = new List<string>();
        for (int i = 0; i < RecoveryCodeCount; i++)
        {
            string code = RandomNumberGenerator.GetString(RecoveryLetters, 12);
            person.RecoveryCodes.Add(new RecoveryCode { PersonId = person.Id, Hash = ApiToken.HashOf(code) });
            codes.Add($"{code[..4]}-{code[4..8]}-{code[8..]}");
        }

        return codes;
    }

    private bool AcceptTotp(Person person, string code)
    {
        if (person.SecondStepSealed is null) return false;
        byte[] secret;
        try
        {
            secret = Convert.FromHexString(_kept.Unprotect(person.SecondStepSealed));
        }
        catch (CryptographicException)
        {
            return false; // the keys folder was lost: a recovery code or a reset opens, this code does not
        }

        if (Totp.Find(secret, code, clock.GetUtcNow(), person.SecondStepLast) is not { } step) return false;
        person.SecondStepLast = step;
        return true;
    }

    // People type the groups as they see them.
    private static string Digits(string? code) => new([.. (code ?? "").Where(char.IsAsciiLetterOrDigit).Take(40)]);
}
