using Amana.Server.Data;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Requests;

internal static class RequestsTables
{
    extension(AmanaDb db)
    {
        public DbSet<DataRequest> DataRequests => db.Set<DataRequest>();
        public DbSet<RequestPaper> RequestPapers => db.Set<RequestPaper>();
        public DbSet<RequestStep> RequestSteps => db.Set<RequestStep>();
        public DbSet<RequestHolding> RequestHoldings => db.Set<RequestHolding>();
        public DbSet<RequestConsultation> RequestConsultations => db.Set<RequestConsultation>();
        public DbSet<AskedConsultation> AskedConsultations => db.Set<AskedConsultation>();
    }

    public static void AddTo(ModelBuilder model)
    {
        model.Entity<DataRequest>(request =>
        {
            request.ToTable("data_requests");
            request.HasKey(r => r.Id);
            request.Property(r => r.Reference).HasMaxLength(20);
            request.Property(r => r.SecretHash).HasMaxLength(64);
            request.Property(r => r.Asked).HasMaxLength(60);
            request.Property(r => r.Language).HasMaxLength(2);
            request.Property(r => r.ProposedBy).HasMaxLength(80);
            request.Property(r => r.ConfirmedBy).HasMaxLength(80);
            request.HasIndex(r => r.RevisionOf);
            request.Property(r => r.Version).IsConcurrencyToken();
            request.HasIndex(r => r.Reference).IsUnique();
            request.HasIndex(r => new { r.State, r.ReceivedAt });
            request.Ignore(r => r.Place).Ignore(r => r.Kinds).Ignore(r => r.Months).Ignore(r => r.DueAt).Ignore(r => r.Standing);
        });
        model.Entity<RequestPaper>(paper =>
        {
            paper.ToTable("data_request_papers");
            paper.HasKey(p => p.Id);
            paper.Property(p => p.MediaType).HasMaxLength(20);
            paper.HasOne<DataRequest>().WithMany().HasForeignKey(p => p.Request).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<RequestStep>(step =>
        {
            step.ToTable("data_request_steps");
            step.HasKey(s => s.Id);
            step.Property(s => s.Fact).HasMaxLength(40);
            step.Property(s => s.By).HasMaxLength(80);
            step.HasOne<DataRequest>().WithMany().HasForeignKey(s => s.Request).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<RequestHolding>(holding =>
        {
            holding.ToTable("data_request_holdings");
            holding.HasKey(h => h.Id);
            holding.Property(h => h.Notice).HasMaxLength(40);
            holding.HasIndex(h => new { h.Request, h.Kind, h.Notice }).IsUnique();
            holding.HasOne<DataRequest>().WithMany().HasForeignKey(h => h.Request).OnDelete(DeleteBehavior.Cascade);
        });
        AddConsultations(model);
    }

    private static void AddConsultations(ModelBuilder model)
    {
        model.Entity<RequestConsultation>(consultation =>
        {
            consultation.ToTable("data_request_consultations");
            consultation.HasKey(c => c.Id);
            consultation.Property(c => c.Notice).HasMaxLength(40);
            consultation.Property(c => c.AskedBy).HasMaxLength(80);
            consultation.Property(c => c.AnsweredAt).IsConcurrencyToken();
            consultation.Property(c => c.Bureau).HasConversion(b => b!.Value, text => BureauCode.Of(text)).HasMaxLength(6);
            consultation.HasIndex(c => c.Letter);
            consultation.Ignore(c => c.Place);
            consultation.HasOne<DataRequest>().WithMany().HasForeignKey(c => c.Request).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<AskedConsultation>(asked =>
        {
            asked.ToTable("data_request_asked");
            asked.HasKey(a => a.Id);
            asked.Property(a => a.Bureau).HasConversion(b => b.Value, text => BureauCode.Of(text)).HasMaxLength(6);
            asked.Property(a => a.Request).HasMaxLength(ConsultationLetter.RequestCharsMax);
            asked.Property(a => a.AnsweredBy).HasMaxLength(80);
            asked.Property(a => a.AnsweredAt).IsConcurrencyToken();
            asked.HasIndex(a => new { a.Bureau, a.Letter }).IsUnique();
            asked.HasIndex(a => new { a.AnsweredAt, a.DueAt });
            asked.Ignore(a => a.Place).Ignore(a => a.Reference);
        });
    }
}
