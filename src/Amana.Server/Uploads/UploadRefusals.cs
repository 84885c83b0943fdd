using Amana.Server.Foundation;

namespace Amana.Server.Uploads;

/// <summary>Every reason for which a file is not taken, whatever it is for.</summary>
internal static class UploadRefusals
{
    public static readonly Refusal Infected = new(RefusalKind.Invalid, "upload.infected",
        "The scanner found something in this file; it was not kept.", Rule: "OWASP ASVS 5.0, 5.4.3", Field: "file");
    public static readonly Refusal ScannerAway = new(RefusalKind.NotReady, "upload.scanner-away",
        "The scanner for files does not answer; nothing is taken until it does.");
    public static readonly Refusal ScannerLimit = new(RefusalKind.TooLarge, "upload.scanner-limit",
        "This file is longer than the scanner takes; nothing of it was kept.", Field: "file");
}
