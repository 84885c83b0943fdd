using Amana.Server.Data;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>The next number of a bureau's type and year, of the public, and of papers. Callers take turns.</summary>
internal sealed class NoticeSerials(AmanaDb db)
{
    public Task<int> NextAsync(BureauCode bureau, char letter, int year, CancellationToken cancel) => NextAsync($"{bureau}-{letter}", year, cancel);

    public async Task<string> NextPublicIdAsync(DateTimeOffset at, CancellationToken cancel) => $"{at.Year}/{await NextAsync("public", at.Year, cancel)}";

    /// <summary>Of a paper: 1 for the first of an edition.</summary>
    public Task<int> NextCopyAsync(string reference, int edition, CancellationToken cancel) => NextAsync($"print-{reference}", edition, cancel);

    private async Task<int> NextAsync(string scope, int year, CancellationToken cancel)
    {
        var serial = db.NoticeSerials.Local.FirstOrDefault(s => s.Scope == scope && s.Year == year)
            ?? await db.NoticeSerials.SingleOrDefaultAsync(s => s.Scope == scope && s.Year == year, cancel);
        if (serial is null) db.NoticeSerials.Add(serial = new NoticeSerial { Scope = scope, Year = year });
        return ++serial.Last;
    }
}
