using Amana.Server.Foundation;

namespace Amana.Server.Access.Walls;

/// <summary>A record that can be for some only. Acts read it through <see cref="Gate.Reach"/> or pass <see cref="Gate.CheckRecordAsync"/>.</summary>
public interface IRestrictable
{
    /// <summary>By which people and walls know it; never given to another record.</summary>
    string Reference { get; }
}

/// <summary>What <c>Access</c> has to know of a kind of restrictable record, registered by the module that owns it.</summary>
public interface IRestrictableKind
{
    /// <summary>The reference as it is stored when it is one of this kind; otherwise null. Looks nothing up.</summary>
    string? Read(string reference);

    /// <summary>Whether there is such a record that the caller could see if there were no walls.</summary>
    Task<bool> ExistsAsync(string reference, Caller caller, CancellationToken cancel);

    /// <summary>The record's page.</summary>
    string AddressOf(string reference);
}
