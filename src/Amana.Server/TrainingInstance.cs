using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Threads;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server;

/// <summary>A bureau of a country that is not: codes of the range that ISO 3166 leaves to its users.</summary>
/// <param name="Names">In ar, en, fr, es.</param>
internal sealed record SpecimenBureau(string Code, IReadOnlyDictionary<string, string> Names)
{
    public static IReadOnlyList<SpecimenBureau> All { get; } =
    [
        Of("UTO", "المكتب المركزي الوطني - يوتوبيا", "National Central Bureau of Utopia", "Bureau central national d’Utopie", "Oficina Central Nacional de Utopía"),
        Of("QST", "المكتب المركزي الوطني - كويستيا", "National Central Bureau of Questia", "Bureau central national de Questie", "Oficina Central Nacional de Questia"),
        Of("QMR", "المكتب المركزي الوطني - قيماريا", "National Central Bureau of Qimaria", "Bureau central national de Qimarie", "Oficina Central Nacional de Qimaria"),
        Of("QNR", "المكتب المركزي الوطني - قناريا", "National Central Bureau of Qanaria", "Bureau central national de Qanarie", "Oficina Central Nacional de Qanaria"),
    ];

    public static SpecimenBureau? Find(string code) => All.FirstOrDefault(b => b.Code == code);

    private static SpecimenBureau Of(string code, string ar, string en, string fr, string es) =>
        new(code, new Dictionary<string, string>(StringComparer.Ordinal) { ["ar"] = ar, ["en"] = en, ["fr"] = fr, ["es"] = es });
}

/// <summary>Makes an empty data folder a specimen bureau, Utopia unless another is asked for, and lets every module fill it.</summary>
internal sealed class TrainingInstance(Instance instance, DataFolder folder, IServiceProvider services, TimeProvider clock)
{
    /// <exception cref="DataFolderException">The folder already belongs to an instance that is not for training.</exception>
    public async Task FoundAsync(string code, CancellationToken cancel)
    {
        if (instance.IsTraining) return;
        var bureau = SpecimenBureau.Find(code) ?? throw new DataFolderException($"There is no specimen bureau {code}; there are {string.Join(", ", SpecimenBureau.All.Select(b => b.Code))}.");
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
            BureauCode = bureau.Code,
            BureauName = bureau.Names["en"],
            BureauNameLocal = bureau.Names["ar"],
            Kind = InstanceKind.Training,
            SetUpAt = clock.GetUtcNow(),
        };
        db.Add(record);
        await db.SaveChangesAsync(cancel);
        folder.Become(record);
    }

    /// <param name="isAlone">Whether what others wrote is to be invented; else they write themselves.</param>
    public async Task AddSpecimensAsync(bool isAlone, CancellationToken cancel)
    {
        foreach (var module in Modules.InOrder)
        {
            if (module is ThreadsModule && !isAlone) continue;
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
