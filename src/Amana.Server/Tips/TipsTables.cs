using Amana.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Tips;

internal static class TipsTables
{
    extension(AmanaDb db)
    {
        public DbSet<Tip> Tips => db.Set<Tip>();
        public DbSet<TipMessage> TipMessages => db.Set<TipMessage>();
        public DbSet<TipPicture> TipPictures => db.Set<TipPicture>();
    }

    public static void AddTo(ModelBuilder model)
    {
        model.Entity<Tip>(tip =>
        {
            tip.ToTable("tips");
            tip.HasKey(t => t.Id);
            tip.Property(t => t.Reference).HasMaxLength(20);
            tip.Property(t => t.Notice).HasMaxLength(20);
            tip.Property(t => t.Form).HasMaxLength(40);
            tip.Property(t => t.CodeHash).HasMaxLength(64);
            tip.HasIndex(t => t.Form).IsUnique();
            tip.HasIndex(t => t.CodeHash).IsUnique();
            tip.HasIndex(t => t.Reference);
            tip.HasIndex(t => t.Notice);
            tip.HasIndex(t => new { t.State, t.At });
            tip.Ignore(t => t.Place);
        });
        model.Entity<TipMessage>(message =>
        {
            message.ToTable("tip_messages");
            message.HasKey(m => m.Id);
            message.HasOne<Tip>().WithMany().HasForeignKey(m => m.Tip).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<TipPicture>(picture =>
        {
            picture.ToTable("tip_pictures");
            picture.HasKey(p => p.Tip);
            picture.Property(p => p.MediaType).HasMaxLength(20);
            picture.HasOne<Tip>().WithOne().HasForeignKey<TipPicture>(p => p.Tip).OnDelete(DeleteBehavior.Cascade);
        });
    }
}
