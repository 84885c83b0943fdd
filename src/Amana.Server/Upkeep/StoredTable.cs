using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Amana.Server.Upkeep;

/// <summary>What a column holds, whatever the database calls it.</summary>
internal enum ColumnKind { Truth, Whole, Long, Real, Text, Bytes, Key, Instant }

internal sealed record StoredColumn(string Name, ColumnKind Kind);

/// <summary>A table of the model, to be read and written as a whole on either database.</summary>
/// <param name="Columns">In the order of their names.</param>
/// <param name="Key">The columns of the primary key: rows are read in their order, which is the same on both databases.</param>
/// <param name="Numbered">The column whose numbers the database gives; null when it gives none.</param>
internal sealed record StoredTable(string Name, IReadOnlyList<StoredColumn> Columns, IReadOnlyList<string> Key, string? Numbered)
{
    /// <summary>All tables, each after those that it refers to.</summary>
    public static IReadOnlyList<StoredTable> All(AmanaDb db)
    {
        var left = db.Model.GetEntityTypes().OrderBy(t => t.GetTableName(), StringComparer.Ordinal).ToList();
        var ordered = new List<IEntityType>();
        while (left.Count > 0)
        {
            var next = left.First(t => t.GetForeignKeys().All(k => k.PrincipalEntityType == t || ordered.Contains(k.PrincipalEntityType)));
            left.Remove(next);
            ordered.Add(next);
        }
        return [.. ordered.Select(Of)];
    }

    /// <summary>Tables and columns in a line each: two builds with the same text keep the same things.</summary>
    public static string TextOf(IEnumerable<StoredTable> tables) =>
        string.Concat(tables.Select(t => $"{t.Name}({string.Join(",", t.Columns.Select(c => $"{c.Name} {c.Kind}"))})\n"));

    public string Select => $"SELECT {string.Join(", ", Columns.Select(c => $"\"{c.Name}\""))} FROM \"{Name}\" ORDER BY {string.Join(", ", Key.Select(k => $"\"{k}\""))}";

    private static StoredTable Of(IEntityType type)
    {
        var columns = type.GetProperties().Select(p => new StoredColumn(p.GetColumnName(), KindOf(p))).OrderBy(c => c.Name, StringComparer.Ordinal).ToList();
        var key = type.FindPrimaryKey()!.Properties;
        string? numbered = key is [{ ValueGenerated: ValueGenerated.OnAdd } only] && KindOf(only) is ColumnKind.Long or ColumnKind.Whole && !key[0].IsForeignKey()
            ? key[0].GetColumnName() : null;
        return new StoredTable(type.GetTableName()!, columns, [.. key.Select(k => k.GetColumnName())], numbered);
    }

    private static ColumnKind KindOf(IProperty property)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (type == typeof(DateTimeOffset)) return ColumnKind.Instant;
        type = property.GetTypeMapping().Converter?.ProviderClrType ?? type;
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when type == typeof(bool) => ColumnKind.Truth,
            _ when type == typeof(int) => ColumnKind.Whole,
            _ when type == typeof(long) => ColumnKind.Long,
            _ when type == typeof(double) => ColumnKind.Real,
            _ when type == typeof(string) => ColumnKind.Text,
            _ when type == typeof(byte[]) => ColumnKind.Bytes,
            _ when type == typeof(Guid) => ColumnKind.Key,
            _ => throw new System.Diagnostics.UnreachableException($"{property.DeclaringType.DisplayName()}.{property.Name} is a {type}"),
        };
    }
}
