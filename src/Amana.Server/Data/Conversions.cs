using System.Globalization;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Amana.Server.Data;

/// <summary>How values of ours are stored, once for all tables.</summary>
internal static class Conversions
{
    /// <summary>Keys as UUID, enums as their words, days as <c>2026-11-24</c>, instants in whole microseconds: on SQLite as UTC ticks, since it has no
    /// instant of its own, on PostgreSQL as <c>timestamptz</c>. Text is compared by its UTF-8 bytes on both.</summary>
    public static void Apply(ModelBuilder model, bool sqlite)
    {
        foreach (var property in model.Model.GetEntityTypes().SelectMany(t => t.GetProperties()).ToList())
        {
            var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Id<>))
            {
                property.SetValueConverter((ValueConverter)Activator.CreateInstance(typeof(IdConverter<>).MakeGenericType(type.GenericTypeArguments[0]))!);
            }
            else if (type.IsEnum && property.GetValueConverter() is null)
            {
                property.SetValueConverter((ValueConverter)Activator.CreateInstance(typeof(EnumToStringConverter<>).MakeGenericType(type))!);
            }
            else if (type == typeof(DateOnly))
            {
                property.SetValueConverter(Days);
            }
            else if (type == typeof(DateTimeOffset))
            {
                property.SetValueConverter(sqlite ? Ticks : Instants);
            }

            if (!sqlite) AsOnSqlite(property);
        }
    }

    private static readonly ValueConverter<DateTimeOffset, long> Ticks =
        new(t => WholeMicroseconds.Cut(t).UtcTicks, t => new DateTimeOffset(t, TimeSpan.Zero));

    // Text that sorts as days do, the same on both.
    private static readonly ValueConverter<DateOnly, string> Days =
        new(d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), t => DateOnly.ParseExact(t, "yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static readonly ValueConverter<DateTimeOffset, DateTimeOffset> Instants =
        new(t => WholeMicroseconds.Cut(t), t => t);

    // The order of text does not depend on the locale of a cluster, and the lengths of the model guide, as everywhere: what may
    // be written is decided before, with a refusal.
    private static void AsOnSqlite(IMutableProperty property)
    {
        if ((property.GetValueConverter()?.ProviderClrType ?? property.ClrType) != typeof(string)) return;
        property.SetMaxLength(null);
        property.SetCollation("C");
    }

    private sealed class IdConverter<T>() : ValueConverter<Id<T>, Guid>(id => id.Value, value => new Id<T>(value));
}
