using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Amana.Server.Keys;

/// <summary>A row with a part that stands in the database only sealed: a copy of the database alone does not tell it. It is sealed
/// when the context saves and opened when it is asked for, so that no act can forget either.</summary>
public abstract class SealedRow
{
    private FieldSealer? _sealer;
    private byte[]? _plain;
    private bool _isOpen = true, _isChanged;

    /// <summary>As it is stored; null when there is nothing, or nothing any more.</summary>
    public byte[]? Sealed { get; private set; }

    /// <summary>What the sealed part is of, such as <c>notice/0192…</c>: it opens nowhere else.</summary>
    protected abstract string Place { get; }

    /// <exception cref="KeyException">The key is gone, or the row was altered.</exception>
    protected byte[]? Plain
    {
        get
        {
            if (!_isOpen) (_plain, _isOpen) = (Sealed is null ? null : _sealer!.Open(Sealed, Place), true);
            return _plain;
        }
        set => (_plain, _isOpen, _isChanged) = (value, true, true);
    }

    protected string? PlainText
    {
        get => Plain is { } plain ? Encoding.UTF8.GetString(plain) : null;
        set => Plain = value is null ? null : Encoding.UTF8.GetBytes(value);
    }

    /// <summary>The row was read.</summary>
    protected internal virtual void OpenWith(FieldSealer sealer) => (_sealer, _plain, _isOpen, _isChanged) = (sealer, null, false, false);

    /// <summary>The row is about to be written.</summary>
    protected internal virtual void SealWith(FieldSealer sealer)
    {
        if (!_isChanged) return;
        (Sealed, _sealer, _isChanged) = (_plain is null ? null : sealer.Seal(_plain, Place), sealer, false);
    }

    /// <summary>Seals and opens at the one door of the database.</summary>
    internal sealed class AtTheDatabase : SaveChangesInterceptor, IMaterializationInterceptor
    {
        public static readonly AtTheDatabase Instance = new();

        public object InitializedInstance(MaterializationInterceptionData materializationData, object instance)
        {
            if (instance is SealedRow row) row.OpenWith(materializationData.Context.GetService<FieldSealer>());
            return instance;
        }

        public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
        {
            Seal(eventData.Context!);
            return result;
        }

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Seal(eventData.Context!);
            return ValueTask.FromResult(result);
        }

        private static void Seal(DbContext db)
        {
            FieldSealer? sealer = null;
            foreach (var entry in db.ChangeTracker.Entries<SealedRow>())
            {
                if (entry.State is not (EntityState.Deleted or EntityState.Detached)) entry.Entity.SealWith(sealer ??= db.GetService<FieldSealer>());
            }
        }
    }
}
