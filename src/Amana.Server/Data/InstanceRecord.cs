using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Data;

/// <summary>The one row that says whose data this is and what the instance is for.</summary>
internal sealed class InstanceRecord
{
    public const int TheOne = 1;

    public int Number { get; init; } = TheOne;
    /// <summary>Tells this data from all other data; kept by a restore and a move to another database.</summary>
    public required Guid Key { get; init; }
    public required string BureauCode { get; set; }
    public required string BureauName { get; set; }
    /// <summary>As the bureau writes it itself, in its own script; may be added later.</summary>
    public string? BureauNameLocal { get; set; }
    public required InstanceKind Kind { get; set; }
    public required DateTimeOffset SetUpAt { get; set; }
    /// <summary>Passkeys alone open: the sign-in with password and code is switched off.</summary>
    public bool PasswordsOff { get; set; }
    /// <summary>Modules whose specimens are complete, each in commas: a killed first start goes on where it stopped.</summary>
    public string SpecimensOf { get; set; } = ",";

    public static void AddTable(ModelBuilder model) => model.Entity<InstanceRecord>(record =>
    {
        record.ToTable("instance");
        record.HasKey(r => r.Number);
        record.Property(r => r.Number).ValueGeneratedNever();
        record.Property(r => r.BureauCode).HasMaxLength(6);
        record.Property(r => r.BureauName).HasMaxLength(200);
        record.Property(r => r.BureauNameLocal).HasMaxLength(200);
        record.Property(r => r.SpecimensOf).HasMaxLength(400);
    });
}
