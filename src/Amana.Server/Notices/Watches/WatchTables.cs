using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

internal static class WatchTables
{
    public static void AddTo(ModelBuilder model)
    {
        model.Entity<PersonWatch>(watch =>
        {
            watch.ToTable("person_watches");
            watch.HasKey(w => w.Id);
            watch.HasIndex(w => new { w.EndedAt, w.Until });
            watch.Property(w => w.Bureau).HasMaxLength(6);
            watch.Property(w => w.By).HasMaxLength(80);
            watch.Property(w => w.Purpose).HasMaxLength(80);
            watch.Property(w => w.EndedBy).HasMaxLength(80);
            watch.Ignore(w => w.Content).Ignore(w => w.IsOpen);
        });
        model.Entity<WatchAlert>(alert =>
        {
            alert.ToTable("watch_alerts");
            alert.HasKey(a => a.Id);
            alert.HasIndex(a => new { a.Watch, a.At });
            alert.Property(a => a.Bureau).HasMaxLength(6);
            alert.Property(a => a.Purpose).HasMaxLength(80);
        });
    }
}
