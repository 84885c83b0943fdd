using Amana.Server.Data;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>The next number of a bureau's type and year, and of the public. Callers take turns.</summary>
internal sealed class NoticeSerials(AmanaDb db)
{
    public Task<int> NextAsync(BureauCode bureau, char letter, int year, CancellationToken cancel) => NextAsync($"{bureau}-{letter}", year, cancel);

    public async Task<string> NextPublicIdAsync(DateTimeOffset at, CancellationToken cancel) => $"{at.Year}/{await NextAsync("public", at.Year, cancel)}";

    private async Task<int> NextAsync(string scope, int year, CancellationToken cancel)
    {
        var serial = db.NoticeSerials.Local.FirstOrDefault(s => s.Scope == scope && s.Year == year)
            ?? await db.NoticeSerials.SingleOrDefaultAsync(s => s.Scope == scope && s.Year == year, cancel);
        if (serial is null) db.NoticeSerials.Add(serial = new NoticeSerial { Scope = scope, Year = year });
        return ++serial.Last;
    }
}
