#:project ../src/Amana.Server/Amana.Server.csproj
#:package Microsoft.EntityFrameworkCore.Design
#:property PublishAot=false
#:property NoWarn=$(NoWarn);EF1001;CA1849;MA0045;CA1515;MA0047;CA1050

// Writes the migrations of the model as it is now, for each database: tools/migrations.sh. Until the first release there is one,
// Initial, which is written anew each time; from then on: tools/migrations.sh NAME adds what has changed since the last.
using Amana.Server.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.EntityFrameworkCore.Sqlite.Design.Internal;
using Microsoft.Extensions.DependencyInjection;
using Npgsql.EntityFrameworkCore.PostgreSQL.Design.Internal;

string source = args[0];
string? name = args.Length > 1 ? args[1] : null;

// Neither database is opened.
Write("Amana.Migrations.Sqlite", new SqliteDesignTimeServices(),
    (options, assembly) => options.UseSqlite("Data Source=:memory:", sqlite => { if (name is not null) sqlite.MigrationsAssembly(assembly); }));
Write("Amana.Migrations.Postgres", new NpgsqlDesignTimeServices(),
    (options, assembly) => options.UseNpgsql("Host=localhost", npgsql => { if (name is not null) npgsql.MigrationsAssembly(assembly); }));

void Write(string assembly, IDesignTimeServices design, Action<DbContextOptionsBuilder<AmanaDb>, string> use)
{
    var options = new DbContextOptionsBuilder<AmanaDb>();
    use(options, assembly);
    using var db = new AmanaDb(options.Options);
    var services = new ServiceCollection().AddEntityFrameworkDesignTimeServices().AddDbContextDesignTimeServices(db);
    design.ConfigureDesignTimeServices(services);
    using var provider = services.BuildServiceProvider();
    using var scope = provider.CreateScope();
    var migration = scope.ServiceProvider.GetRequiredService<IMigrationsScaffolder>().ScaffoldMigration(name ?? "Initial", assembly, subNamespace: null);

    string folder = Directory.CreateDirectory(Path.Combine(source, assembly)).FullName;
    if (name is null)
    {
        foreach (string old in Directory.GetFiles(folder, "*.cs")) File.Delete(old);
    }

    // Fixed file names: two branches that both wrote the first migration meet in the same files.
    string file = name is null ? "Initial" : migration.MigrationId;
    File.WriteAllText(Path.Combine(folder, file + ".cs"), migration.MigrationCode);
    File.WriteAllText(Path.Combine(folder, file + ".Designer.cs"), migration.MetadataCode);
    File.WriteAllText(Path.Combine(folder, "AmanaDbModelSnapshot.cs"), migration.SnapshotCode);
    Console.WriteLine($"{migration.MigrationId} is written to {folder}");
}
