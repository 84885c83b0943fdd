using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server;

/// <summary>Makes an empty data folder the specimen bureau of Utopia, and lets every module fill it.</summary>
internal sealed class TrainingInstance(Instance instance, DataFolder folder, IServiceProvider services, TimeProvider clock)
{
    /// <exception cref="DataFolderException">The folder already belongs to an instance that is not for training.</exception>
    public async Task FoundAsync(CancellationToken cancel)
    {
        if (instance.IsTraining) return;
        if (instance.IsSetUp)
        {
            throw new DataFolderException($"The data in {instance.DataFolder} belongs to {instance.BureauName}, which is no training " +
                "instance. --demo would add invented people to it; start without --demo, or with another --data.");
        }

        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        var record = new InstanceRecord
        {
            Key = Guid.CreateVersion7(clock.GetUtcNow()),
            BureauCode = "UTO",
            BureauName = "National Central Bureau of Utopia",
            BureauNameLocal = "المكتب المركزي الوطني - يوتوبيا",
            Kind = InstanceKind.Training,
            SetUpAt = clock.GetUtcNow(),
        };
        db.Add(record);
        await db.SaveChangesAsync(cancel);
        folder.Become(record);
    }

    public async Task AddSpecimensAsync(CancellationToken cancel)
    {
        foreach (var module in Modules.InOrder)
        {
            await using var scope = services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
            var record = await db.Set<InstanceRecord>().SingleAsync(cancel);
            string mark = module.GetType().Name + ",";
            if (record.SpecimensOf.Contains("," + mark, StringComparison.Ordinal)) continue;
            await module.AddSpecimensAsync(scope.ServiceProvider, cancel);
            record.SpecimensOf += mark;
            await db.SaveChangesAsync(cancel);
        }
    }
}
