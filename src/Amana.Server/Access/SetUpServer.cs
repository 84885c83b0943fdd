using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Vocabulary;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access;

/// <summary>Makes a new server somebody's: names the bureau, and makes the first administrator. The one-time link is
/// used up by this and by nothing before it, so a page that was closed half-way can be opened again.</summary>
internal sealed class SetUpServer(
    AmanaDb db, PeopleTurn turns, OneTimeLinks links, UserManager<Person> people, SecondStep secondStep, Instance instance, DataFolder folder, JournalWriter journal, TimeProvider clock)
{
    /// <param name="Key">From the link.</param>
    /// <param name="BureauNameLocal">In the bureau's own script; may be missing.</param>
    /// <param name="Enrolment"><see cref="SecondStep.Enrolment.Sealed"/>, as the page offered it.</param>
    /// <param name="Code">The first code of the app.</param>
    public sealed record Request(
        string? Key, string? BureauCode, string? BureauName, string? BureauNameLocal, InstanceKind Kind,
        string? UserName, string? DisplayName, string? Password, string? Enrolment, string? Code);

    /// <param name="RecoveryCodes">Shown this once.</param>
    public sealed record Done(Person Administrator, IReadOnlyList<string> RecoveryCodes);

    public async Task<Result<Done>> RunAsync(Request request, CancellationToken cancel)
    {
        if (instance.IsSetUp) return AccessRefusals.AlreadySetUp;
        // Two browsers, one link: the second finds the bureau there.
        await using var turn = await turns.TakeAsync(cancel);
        if (await db.Set<InstanceRecord>().AnyAsync(cancel)) return AccessRefusals.AlreadySetUp;
        if (await links.FindAsync(request.Key, LinkKind.SetUp, cancel) is not { } link) return AccessRefusals.LinkOver;
        if (!BureauCode.TryParse(request.BureauCode?.Trim(), null, out var bureau)) return AccessRefusals.BureauCodeWrong;
        string name = (request.BureauName ?? "").Trim(), local = (request.BureauNameLocal ?? "").Trim();
        if (name.Length is 0 or > 200 || local.Length > 200) return AccessRefusals.BureauNameWrong;
        if (request.Kind is not (InstanceKind.Training or InstanceKind.Trial or InstanceKind.Service)) return AccessRefusals.InstanceKindWrong;
        if (PasswordRules.Check(request.Password, request.UserName) is { } weak) return weak;

        var now = clock.GetUtcNow();
        if (!NewPerson.TryMake(request.UserName, request.DisplayName, clock, out var administrator, out var wrong)) return wrong;
        if (secondStep.TakeUp(administrator, request.Enrolment, request.Code) is { } refused) return refused;
        administrator.TakeRoles([Role.Administrator], Actor.Server, now);
        administrator.JoinedAt = now;
        administrator.PasswordHash = people.PasswordHasher.HashPassword(administrator, request.Password!);
        var codes = SecondStep.NewRecoveryCodes(administrator);

        link.UsedAt = now;
        var record = new InstanceRecord
        {
            Key = Guid.CreateVersion7(now),
            BureauCode = bureau.Value, BureauName = name, BureauNameLocal = local.Length == 0 ? null : local, Kind = request.Kind, SetUpAt = now,
        };
        db.Add(record);
        journal.Record(administrator.AsActor, "server.set-up", bureau, details: new { request.Kind });
        // Everything above is saved with the person, in one transaction.
        if (!(await people.CreateAsync(administrator)).Succeeded) return AccessRefusals.UserNameWrong;
        await turn.CommitAsync(cancel);
        folder.Become(record);
        return new Done(administrator, codes);
    }
}
