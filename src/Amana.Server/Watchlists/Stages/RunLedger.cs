using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

/// <summary>The written side of a run at work: state, progress, log. Each call is a short transaction of its own.</summary>
internal sealed class RunLedger(IServiceScopeFactory scopes, TimeProvider clock)
{
    private const int Tries = 5;

    /// <summary>Changes the run as it stands now, whatever a person did to it meanwhile.</summary>
    public async Task<ImportRun> ChangeAsync(Id<ImportRun> id, Action<ImportRun> change, CancellationToken cancel)
    {
        for (int tried = 1; ; tried++)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
            var run = await db.Runs.SingleAsync(r => r.Id == id, cancel);
            change(run);
            try
            {
                await db.SaveChangesAsync(cancel);
                return run;
            }
            catch (DbUpdateConcurrencyException) when (tried < Tries)
            {
                // A person paused or stopped it between reading and writing: read again.
            }
        }
    }

    public async Task EnterAsync(RunAtWork work, RunStage stage, CancellationToken cancel)
    {
        work.CheckIn();
        await SaveProgressAsync(work, cancel);
        work.Progress.Enter(stage);
        await ChangeAsync(work.Id, run => run.Enter(stage), cancel);
        await LogAsync(work.Id, stage, "stage-began", [], cancel);
    }

    public async Task LogAsync(Id<ImportRun> run, RunStage stage, string code, IReadOnlyList<object> values, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        string lines = string.Join('\n', values.Select(v => FormattableString.Invariant($"{v}").ReplaceLineEndings(" ")));
        db.RunLog.Add(new RunLogLine { Run = run, At = clock.GetUtcNow(), Stage = stage, Code = code, Values = lines });
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>So that a page tells the truth after a restart, too.</summary>
    public async Task SaveProgressAsync(RunAtWork work, CancellationToken cancel)
    {
        var now = work.Progress;
        var view = now.Read();
        double reading = view.StageSeconds[(int)RunStage.Read];
        double average = reading > 0 ? now.Rows / reading : 0;
        string rates = RunProgress.Join(view.Rates), seconds = RunProgress.Join(view.StageSeconds);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        await db.Runs.Where(r => r.Id == work.Id).ExecuteUpdateAsync(set => set
            .SetProperty(r => r.Bytes, now.Bytes).SetProperty(r => r.Rows, now.Rows)
            .SetProperty(r => r.Added, now.Added).SetProperty(r => r.Changed, now.Changed)
            .SetProperty(r => r.Removed, now.Removed).SetProperty(r => r.Rejected, now.Rejected)
            .SetProperty(r => r.Rate, average).SetProperty(r => r.BestRate, view.BestRate)
            .SetProperty(r => r.Rates, rates).SetProperty(r => r.StageSeconds, seconds), cancel);
    }
}
