using Amana.Lists;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

/// <summary>Carries one run through its stages. Whatever ends it before publish, the version that answers stays as it is.</summary>
internal sealed class RunWork(
    IServiceScopeFactory scopes, RunLedger ledger, RunFiles files, FetchFiles fetch, ReadIntoVersion read, CompareWithCurrent compare,
    VersionRows rows, IndexFiles indexes, ListShelf shelf, PublishVersion publish, TimeProvider clock)
{
    /// <summary>Entries that differ from the version that answers, as a share and as a number: up to here only they are written, and not the whole
    /// index. Why these: bench/RESULTS.md, Changes of a list.</summary>
    private const double FewShare = 0.05;
    private const int FewMost = 20_000;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    /// <exception cref="RunEndsException">It ends refused or failed.</exception>
    /// <exception cref="ListFileException">It ends refused, because of its files.</exception>
    /// <exception cref="OperationCanceledException">A person stopped it, or the server shuts down.</exception>
    public async Task CarryOutAsync(RunAtWork work, CancellationToken cancel)
    {
        var run = await BeginAsync(work, cancel);
        work.Progress.Enter(run.Stage);
        files.HoldRoom();
        if (run.Stage is RunStage.Fetch && !await FetchAsync(work, run, cancel)) return;
        RunJob job;
        if (run.Stage is RunStage.Fetch or RunStage.Read)
        {
            job = await BeginVersionAsync(work, cancel);
            if (!await ReadAndCompareAsync(job, cancel)) return;
        }
        else
        {
            job = await ContinueAsync(work, run, cancel);
        }
        await IndexAsync(job, cancel);
        await ledger.EnterAsync(work, RunStage.Publish, cancel);
        while (!await publish.PublishAsync(job, cancel))
        {
            await Task.Delay(BetweenLooks, clock, cancel);
            work.CheckIn();
        }
        await ledger.SaveProgressAsync(work, CancellationToken.None);
        await TidyAsync(job, cancel);
    }

    /// <summary>After a run that will not be published: its files and what it wrote.</summary>
    public async Task DropAsync(Id<ImportRun> id, CancellationToken cancel)
    {
        files.Clear(id);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        var run = await db.Runs.AsNoTracking().SingleAsync(r => r.Id == id, cancel);
        if (run.Version is not { } number) return;
        await db.ListVersions.Where(v => v.List == run.List && v.Number == number && v.State == VersionState.Building)
            .ExecuteUpdateAsync(set => set.SetProperty(v => v.State, VersionState.Dropped), cancel);
        await rows.TakeBackLeftoversAsync(run.List, cancel);
    }

    /// <summary>A run that was paused between the queue and its work waits here, as it would at any later step.</summary>
    private async Task<ImportRun> BeginAsync(RunAtWork work, CancellationToken cancel)
    {
        while (true)
        {
            bool begun = false;
            var run = await ledger.ChangeAsync(work.Id, r => begun = r.Begin(clock.GetUtcNow()), cancel);
            if (begun) return run;
            if (run.IsOver) throw new OperationCanceledException("The run was stopped before it began.");
            await Task.Delay(BetweenLooks, clock, cancel);
            work.CheckIn();
        }
    }

    /// <returns>False when nothing has changed at the source, so that the run is over.</returns>
    private async Task<bool> FetchAsync(RunAtWork work, ImportRun run, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        var source = await db.ListSources.AsNoTracking().SingleAsync(s => s.List == run.List, cancel);
        bool answers = await db.Lists.AnyAsync(l => l.Number == run.List && l.CurrentVersion > 0, cancel);
        var (changed, validators) = await fetch.FetchAsync(work, run.HasFiles, answers ? source : WithoutValidators(source), cancel);
        string? hash = null;
        if (changed)
        {
            hash = await RunFiles.HashAsync(files.Of(work.Id), source, cancel);
            work.Progress.Bytes = files.Of(work.Id).Sum(f => f.Bytes ?? 0);
            changed = !answers || hash != source.ContentHash;
        }
        if (changed)
        {
            await ledger.ChangeAsync(work.Id, r => (r.ContentHash, r.Validators, r.Bytes) = (hash, validators, work.Progress.Bytes), cancel);
            return true;
        }
        await EndUnchangedAsync(work, validators, cancel);
        return false;
    }

    private async Task EndUnchangedAsync(RunAtWork work, string? validators, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        var run = await db.Runs.SingleAsync(r => r.Id == work.Id, cancel);
        if (run.State is not RunState.Running) throw new OperationCanceledException("The run was stopped.");
        run.EndUnchanged(clock.GetUtcNow());
        if (validators is not null) (await db.ListSources.SingleAsync(s => s.List == run.List, cancel)).Validators = validators;
        scope.ServiceProvider.GetRequiredService<JournalWriter>().Record(Actor.Server, "list.unchanged", run.Reference);
        await db.SaveChangesAsync(cancel);
        files.Clear(work.Id);
    }

    private static ListSource WithoutValidators(ListSource source)
    {
        source.ForgetFiles();
        return source;
    }

    /// <summary>Gives the run a version to write, with nothing in it, also when an earlier try had written some.</summary>
    private async Task<RunJob> BeginVersionAsync(RunAtWork work, CancellationToken cancel)
    {
        await ledger.EnterAsync(work, RunStage.Read, cancel);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        var run = await db.Runs.SingleAsync(r => r.Id == work.Id, cancel);
        await rows.TakeBackLeftoversAsync(run.List, cancel);
        await rows.ForgetNotesAsync(work.Id, cancel);
        var list = await db.Lists.SingleAsync(l => l.Number == run.List, cancel);
        var source = await db.ListSources.AsNoTracking().SingleAsync(s => s.List == run.List, cancel);
        int number = list.BeginVersion();
        long firstKey = (await db.StoredEntities.MaxAsync(e => (long?)e.Key, cancel) ?? 0) + 1;
        db.ListVersions.Add(new ListVersion
        {
            List = list.Number, Number = number, Label = ListVersion.LabelOf(clock.GetUtcNow(), number), State = VersionState.Building, FirstKey = firstKey,
        });
        run.Makes(number, list.CurrentVersion);
        run.Before = await db.ListVersions.Where(v => v.List == list.Number && v.Number == list.CurrentVersion).Select(v => v.EntityCount).SingleOrDefaultAsync(cancel);
        await db.SaveChangesAsync(cancel);
        return new RunJob(work, list, source, number, firstKey, run.Before);
    }

    /// <returns>False when the guard makes the run wait for a person.</returns>
    private async Task<bool> ReadAndCompareAsync(RunJob job, CancellationToken cancel)
    {
        var seen = await read.ReadAsync(job, cancel);
        var done = job.Progress;
        if (done.Rows == 0)
        {
            throw new RunEndsException(WatchlistRefusals.NothingRead, $"Not one entity could be read; {done.Rejected} rows were set aside. The list stays as it was.");
        }
        if (done.Rejected > 0) await ledger.LogAsync(job.Run, RunStage.Read, "held", [done.Rejected], cancel);
        await ledger.EnterAsync(job.Work, RunStage.Compare, cancel);
        await compare.CompareAsync(job, seen, cancel);
        await ledger.LogAsync(job.Run, RunStage.Compare, "compared", [done.Added, done.Changed, done.Removed], cancel);
        await ledger.EnterAsync(job.Work, RunStage.Guard, cancel);
        double loss = job.Before == 0 ? 0 : (double)done.Removed / job.Before;
        if (loss <= job.Source.GuardShare) return true;
        await ledger.SaveProgressAsync(job.Work, cancel);
        await ledger.LogAsync(job.Run, RunStage.Guard, "guard-stopped", [done.Removed, job.Before], cancel);
        await ledger.ChangeAsync(job.Run, r => { if (r.State is RunState.Running) r.WaitForPerson(); }, cancel);
        return false;
    }

    /// <summary>A run that goes on with its index: after a person's word, or a kill.</summary>
    private async Task<RunJob> ContinueAsync(RunAtWork work, ImportRun run, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        var list = await db.Lists.AsNoTracking().SingleAsync(l => l.Number == run.List, cancel);
        var source = await db.ListSources.AsNoTracking().SingleAsync(s => s.List == run.List, cancel);
        var version = await db.ListVersions.AsNoTracking().SingleAsync(v => v.List == run.List && v.Number == run.Version, cancel);
        var known = work.Progress;
        (known.Bytes, known.Rows, known.Added, known.Changed, known.Removed, known.Rejected) =
            (run.Bytes, run.Rows, run.Added, run.Changed, run.Removed, run.Rejected);
        return new RunJob(work, list, source, version.Number, version.FirstKey, run.Before);
    }

    private async Task IndexAsync(RunJob job, CancellationToken cancel)
    {
        await ledger.EnterAsync(job.Work, RunStage.Index, cancel);
        if (await WroteChangesAsync(job, cancel)) return;
        await indexes.BuildAsync(job.List, job.Version, done =>
        {
            job.Work.CheckIn();
            job.Progress.Advance(0.9 * done / Math.Max(1, job.After), done);
        }, cancel);
    }

    /// <returns>False when the whole index is to be written.</returns>
    private async Task<bool> WroteChangesAsync(RunJob job, CancellationToken cancel)
    {
        var now = shelf.Current.Lists.FirstOrDefault(l => l.ListNumber == job.ListNumber);
        int few = (int)Math.Min(FewMost, FewShare * job.Before);
        if (now is null || job.Progress.Added + job.Progress.Changed + job.Progress.Removed > few) return false;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        if (!await db.Lists.AnyAsync(l => l.Number == job.ListNumber && l.CurrentVersion == now.VersionNumber, cancel)) return false;
        var put = await db.StoredEntities.AsNoTracking().Where(e => e.List == job.ListNumber && e.Key >= job.FirstKey && e.FromVersion == job.Version).OrderBy(e => e.Key)
            .Select(e => new DeltaEntry(e.Id, e.Body, e.FromVersion)).ToListAsync(cancel);
        var closed = await db.StoredEntities.Where(e => e.List == job.ListNumber && e.ToVersion == job.Version).Select(e => e.Id).ToListAsync(cancel);
        indexes.Write(now, new ListChanges(job.Version, put, [.. closed.Except(put.Select(p => p.Id))]));
        job.Progress.Advance(0.9, job.After);
        return true;
    }

    private async Task TidyAsync(RunJob job, CancellationToken cancel)
    {
        files.Clear(job.Run);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        var list = await db.Lists.AsNoTracking().SingleAsync(l => l.Number == job.ListNumber, cancel);
        indexes.KeepOnly(list.Name, list.CurrentVersion, list.PreviousVersion);
        await rows.RemoveBeforeAsync(list.Number, list.PreviousVersion, cancel);
    }
}
