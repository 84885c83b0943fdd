namespace Amana.Server.PublicNotices;

/// <summary>What another module shows beside a public extract: a way to send information, for instance.</summary>
public interface IBesideExtract
{
    /// <summary>A component with one parameter, <c>Notice</c>, of <see cref="ReleasedNotice"/>.</summary>
    Type Component { get; }
}
