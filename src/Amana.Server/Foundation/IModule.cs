using Amana.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Foundation;

/// <summary>One folder of the server. <c>Modules.cs</c> lists them in the order of who may use whom.</summary>
internal interface IModule
{
    void AddServices(IServiceCollection services, IConfiguration configuration) { }
    void AddTables(ModelBuilder model) { }
    /// <summary>Tables whose rows the database itself refuses to change.</summary>
    IEnumerable<GuardedTable> GuardedTables => [];
    void MapApi(IEndpointRouteBuilder routes) { }
    /// <summary>Entries of the left rail, in order.</summary>
    IEnumerable<MenuEntry> Menu => [];
    /// <summary>Fills an empty training instance: bureau Utopia, ICAO specimen conventions, no real person.
    /// Runs once, after the server listens; after a kill it runs again, so it looks first what is there.</summary>
    Task AddSpecimensAsync(IServiceProvider services, CancellationToken cancel) => Task.CompletedTask;
}

/// <summary>An entry of the left rail; a person sees it only with the right.</summary>
/// <param name="Group">Text code of the group head, or null for the first group.</param>
/// <param name="Text">Text code, such as <c>menu.search</c>.</param>
/// <param name="Icon">Name of the icon in the sprite.</param>
/// <param name="Right">The policy that the page behind it asks for.</param>
public sealed record MenuEntry(string? Group, string Text, string Address, string Icon, string Right);
