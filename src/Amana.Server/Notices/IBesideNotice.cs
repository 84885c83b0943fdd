using Amana.Server.Access;

namespace Amana.Server.Notices;

/// <summary>What a module below shows beside a notice: what the public has told about it, for instance.</summary>
public interface IBesideNotice
{
    /// <summary>Readers without it are shown nothing.</summary>
    Right Right { get; }

    /// <summary>A component with one parameter, <c>PublicId</c>, such as <c>2026/123</c>.</summary>
    Type Component { get; }
}
