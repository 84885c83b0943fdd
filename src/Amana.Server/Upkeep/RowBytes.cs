using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Amana.Server.Data;

namespace Amana.Server.Upkeep;

/// <summary>A row as bytes, the same from either database: what is hashed, and what stands in a backup. Numbers are big-endian.</summary>
/// <remarks>Each value has a byte before it: 0 for none, 1 for a value; text and bytes have their length before them.</remarks>
internal static class RowBytes
{
    public static void Write(ArrayBufferWriter<byte> into, IReadOnlyList<StoredColumn> columns, object?[] row)
    {
        for (int i = 0; i < columns.Count; i++)
        {
            into.Write([row[i] is null ? (byte)0 : (byte)1]);
            switch (row[i])
            {
                case null: break;
                case bool truth: into.Write([truth ? (byte)1 : (byte)0]); break;
                case int number: Long(into, number); break;
                case long number: Long(into, number); break;
                case double number: Long(into, BitConverter.DoubleToInt64Bits(number)); break;
                case string text: Bytes(into, Encoding.UTF8.GetBytes(text)); break;
                case byte[] bytes: Bytes(into, bytes); break;
                case Guid key: into.Write(key.ToByteArray(bigEndian: true)); break;
                case DateTimeOffset instant: Long(into, instant.UtcTicks / TimeSpan.TicksPerMicrosecond); break;
                default: throw new System.Diagnostics.UnreachableException();
            }
        }
    }

    /// <exception cref="BackupException">These are not the bytes of such a row.</exception>
    public static object?[] Read(ReadOnlySpan<byte> bytes, IReadOnlyList<StoredColumn> columns)
    {
        var left = new Left(bytes);
        object?[] row = new object?[columns.Count];
        for (int i = 0; i < row.Length; i++)
        {
            if (left.Take(1)[0] == 0) continue;
            row[i] = columns[i].Kind switch
            {
                ColumnKind.Truth => left.Take(1)[0] == 1,
                ColumnKind.Whole => checked((int)left.Long()),
                ColumnKind.Long => left.Long(),
                ColumnKind.Real => BitConverter.Int64BitsToDouble(left.Long()),
                ColumnKind.Text => Encoding.UTF8.GetString(left.Take(left.Long())),
                ColumnKind.Bytes => left.Take(left.Long()).ToArray(),
                ColumnKind.Key => new Guid(left.Take(16), bigEndian: true),
                ColumnKind.Instant => new DateTimeOffset(left.Long() * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        return left.IsEmpty ? row : throw new BackupException("A row of the backup is longer than its columns.");
    }

    /// <summary>The value as this database gives it, as all databases mean it.</summary>
    public static object? Value(System.Data.Common.DbDataReader rows, int column, ColumnKind kind, IDatabaseEngine engine) =>
        rows.IsDBNull(column) ? null : kind switch
        {
            ColumnKind.Truth => rows.GetBoolean(column),
            ColumnKind.Whole => rows.GetInt32(column),
            ColumnKind.Long => rows.GetInt64(column),
            ColumnKind.Real => rows.GetDouble(column),
            ColumnKind.Text => StorableText.Clean(rows.GetString(column)),
            ColumnKind.Bytes => rows.GetFieldValue<byte[]>(column),
            ColumnKind.Key => rows.GetGuid(column),
            ColumnKind.Instant => engine.InstantOf(rows, column),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static void Long(ArrayBufferWriter<byte> into, long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(into.GetSpan(8), number);
        into.Advance(8);
    }

    private static void Bytes(ArrayBufferWriter<byte> into, ReadOnlySpan<byte> bytes)
    {
        Long(into, bytes.Length);
        into.Write(bytes);
    }

    private ref struct Left(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _bytes = bytes;

        public readonly bool IsEmpty => _bytes.IsEmpty;

        public ReadOnlySpan<byte> Take(long count)
        {
            if (count < 0 || count > _bytes.Length) throw new BackupException("A row of the backup is shorter than its columns.");
            var taken = _bytes[..(int)count];
            _bytes = _bytes[(int)count..];
            return taken;
        }

        public long Long() => BinaryPrimitives.ReadInt64BigEndian(Take(8));
    }
}
