using System.Diagnostics.CodeAnalysis;

namespace Amana.Server.Access.Walls;

/// <summary>Every kind of record that can be restricted.</summary>
internal sealed class Kinds(IEnumerable<IRestrictableKind> kinds)
{
    /// <summary>Says of which kind a reference is; looks nothing up.</summary>
    /// <param name="stored">The reference as it is stored.</param>
    public bool TryRead(string? reference, [NotNullWhen(true)] out IRestrictableKind? kind, [NotNullWhen(true)] out string? stored)
    {
        (kind, stored) = (null, null);
        if (string.IsNullOrWhiteSpace(reference) || reference.Length > 200) return false;
        foreach (var each in kinds)
        {
            if (each.Read(reference.Trim()) is not { } known) continue;
            (kind, stored) = (each, known);
            return true;
        }

        return false;
    }

    /// <summary>The page of a record, or null.</summary>
    public string? AddressOf(string reference) => TryRead(reference, out var kind, out string? stored) ? kind.AddressOf(stored) : null;
}

/// <summary>One record by its reference alone, for the gate.</summary>
internal sealed record NamedRecord(string Reference) : IRestrictable;
