using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Amana.Server.Data;

/// <summary>How values of ours are stored, once for all tables.</summary>
internal static class Conversions
{
    /// <summary>Keys as UUID, enums as their words, and on SQLite instants as UTC ticks, since it has no instant of its own.</summary>
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
            else if (sqlite && type == typeof(DateTimeOffset))
            {
                property.SetValueConverter(new ValueConverter<DateTimeOffset, long>(t => t.UtcTicks, t => new DateTimeOffset(t, TimeSpan.Zero)));
            }
        }
    }

    private sealed class IdConverter<T>() : ValueConverter<Id<T>, Guid>(id => id.Value, value => new Id<T>(value));
}
