using Amana.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.PublicNotices;

/// <summary>The public store: tables of its own, which hold only what was released.</summary>
internal static class PublicTables
{
    extension(AmanaDb db)
    {
        public DbSet<PublicRow> PublicRows => db.Set<PublicRow>();
        public DbSet<PublicNewsRow> PublicNews => db.Set<PublicNewsRow>();
        public DbSet<PublicNewsPictureRow> PublicNewsPictures => db.Set<PublicNewsPictureRow>();
        public DbSet<PublicPictureRow> PublicPictures => db.Set<PublicPictureRow>();
    }

    public static void AddTo(ModelBuilder model)
    {
        model.Entity<PublicRow>(row =>
        {
            row.ToTable("public_notices");
            row.HasKey(r => r.Id);
            row.Property(r => r.Id).HasMaxLength(20);
        });
        model.Entity<PublicNewsRow>(row =>
        {
            row.ToTable("public_news");
            row.HasKey(r => r.Slug);
            row.Property(r => r.Slug).HasMaxLength(80);
        });
        model.Entity<PublicNewsPictureRow>(picture =>
        {
            picture.ToTable("public_news_pictures");
            picture.HasKey(p => p.Slug);
            picture.Property(p => p.Slug).HasMaxLength(80);
            picture.Property(p => p.MediaType).HasMaxLength(20);
            picture.HasOne<PublicNewsRow>().WithMany().HasForeignKey(p => p.Slug).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<PublicPictureRow>(picture =>
        {
            picture.ToTable("public_pictures");
            picture.HasKey(p => new { p.Notice, p.Id });
            picture.Property(p => p.Notice).HasMaxLength(20);
            picture.Property(p => p.Id).HasMaxLength(20);
            picture.Property(p => p.MediaType).HasMaxLength(20);
            picture.HasOne<PublicRow>().WithMany().HasForeignKey(p => p.Notice).OnDelete(DeleteBehavior.Cascade);
        });
    }
}

/// <summary>One released notice, as JSON of <see cref="ReleasedNotice"/>.</summary>
internal sealed class PublicRow
{
    public required string Id { get; init; }
    public required string Body { get; set; }
}

internal sealed class PublicPictureRow
{
    public required string Notice { get; init; }
    public required string Id { get; init; }
    public required string MediaType { get; init; }
    public required byte[] Bytes { get; init; }
}

/// <summary>One item of news, as JSON of <see cref="PublicNewsItem"/>.</summary>
internal sealed class PublicNewsRow
{
    public required string Slug { get; init; }
    public required string Body { get; init; }
}

/// <summary>The picture of an item of news, without what a camera wrote beside it; it goes with its item.</summary>
internal sealed class PublicNewsPictureRow
{
    public required string Slug { get; init; }
    public required string MediaType { get; init; }
    public required byte[] Bytes { get; init; }
}
