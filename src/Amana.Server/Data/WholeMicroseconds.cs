namespace Amana.Server.Data;

/// <summary>The system's clock in whole microseconds: the finest that every database keeps, so that an instant read back is the
/// instant that was written, and what was signed over it still holds.</summary>
internal sealed class WholeMicroseconds : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => Cut(base.GetUtcNow());

    public static DateTimeOffset Cut(DateTimeOffset instant) =>
        new(instant.UtcTicks - instant.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
}
