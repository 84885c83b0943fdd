using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;

namespace Amana.Server.Data;

/// <summary>The assembly with the migrations of one database.</summary>
internal static class MigrationsBeside
{
    private static readonly ConcurrentDictionary<string, Assembly> Loaded = new(StringComparer.Ordinal);

    // Loaded from beside this assembly: no project references it, so the runtime does not look for it by name.
    public static Assembly Load(string engine) => Loaded.GetOrAdd(engine, name =>
        AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, $"Amana.Migrations.{name}.dll")));
}
