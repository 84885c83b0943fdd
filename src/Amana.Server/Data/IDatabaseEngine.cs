using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Data;

/// <summary>All that differs between SQLite and PostgreSQL. What stands outside of it reads the same on both.</summary>
internal interface IDatabaseEngine
{
    /// <summary>For people: <c>SQLite</c>, <c>PostgreSQL</c>.</summary>
    string Name { get; }

    /// <summary>Where the data is, for people: the file, or host and database. Never a password.</summary>
    string Where { get; }

    /// <summary>What a folder must remember to find the database again; null when it is in the folder.</summary>
    string? Connection { get; }

    /// <summary>The question how many bytes the database has.</summary>
    string SizeQuestion { get; }

    void Use(DbContextOptionsBuilder options);

    /// <summary>For bulk work below the entity framework, with the same durability.</summary>
    Task<DbConnection> OpenAsync(CancellationToken cancel);

    /// <summary>For the rows of a large table.</summary>
    /// <param name="connection">One of this database.</param>
    IRowWriter WriteRows(DbConnection connection, string table, IReadOnlyList<string> columns);

    /// <summary>Looks at a table that has just got many rows, so that questions are planned for them.</summary>
    Task LookAtAsync(AmanaDb db, string table, CancellationToken cancel);

    /// <inheritdoc cref="LookAtAsync"/>
    Task LookAtAllAsync(DbConnection connection, CancellationToken cancel);

    /// <summary>What is read in it is the state of one moment, while others go on writing.</summary>
    Task<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancel);

    /// <summary>Reads a column of instants.</summary>
    DateTimeOffset InstantOf(DbDataReader rows, int column);

    /// <summary>The last number that the database gave to a row of the table; 0 when it gave none yet.</summary>
    Task<long> LastNumberAsync(DbConnection connection, string table, string column, CancellationToken cancel);

    /// <summary>The next number is the one after it.</summary>
    Task SetLastNumberAsync(DbConnection connection, string table, string column, long last, CancellationToken cancel);

    /// <summary>Keeps other servers away from the database while this one runs; ends with the process, however it ends.</summary>
    /// <exception cref="DataFolderException">Another server has it.</exception>
    Task HoldAsync(CancellationToken cancel);

    /// <summary>Nobody else migrates until the answer is disposed of. Whatever the database needs before its first migration
    /// is done. Ends with the process.</summary>
    Task<IAsyncDisposable> BeginUpdateAsync(CancellationToken cancel);

    /// <summary>Makes the database itself refuse what may not happen to these tables; run at every start.</summary>
    Task GuardAsync(IEnumerable<GuardedTable> tables, CancellationToken cancel);

    /// <summary>Until the end of the transaction, others who take the turn of the same <paramref name="key"/> wait. SQLite has one
    /// writer at a time anyway.</summary>
    Task TakeTurnAsync(AmanaDb db, string key, CancellationToken cancel);

    /// <summary>What an exception of the database, or one that it caused, means.</summary>
    DatabaseFault FaultOf(Exception exception);
}

/// <summary>What can be wrong with the database that is not wrong with our code.</summary>
internal enum DatabaseFault
{
    /// <summary>Nothing of this list.</summary>
    None,
    /// <summary>Such a row is there already.</summary>
    Twice,
    /// <summary>Another act changed the same at the same moment; the whole act may be tried again.</summary>
    Meanwhile,
    /// <summary>It does not answer, or has too much to do.</summary>
    Away,
    /// <summary>No room is left.</summary>
    Full,
}

/// <summary>A table whose rows the database itself refuses to change and to delete.</summary>
/// <param name="Table">As in the model; lower case.</param>
/// <param name="Says">What the database says then.</param>
/// <param name="Columns">Those that may not change; null: none may.</param>
/// <param name="MayDelete">Whether whole rows may go.</param>
internal sealed record GuardedTable(string Table, string Says, IReadOnlyList<string>? Columns = null, bool MayDelete = false);
