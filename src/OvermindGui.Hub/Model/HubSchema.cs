using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using OvermindGui.Hub.Connecting;

namespace OvermindGui.Hub.Model;

/// <summary>Creates, upgrades and checks the hub's tables. Only <c>hub init</c> changes them: daemons of other versions may be using them.</summary>
public static class HubSchema
{
    /// <summary>Ids of all migrations of this version, oldest first, read without building EF Core's model.</summary>
    public static IReadOnlyList<string> Migrations { get; } =
    [
        .. typeof(HubSchema).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<DbContextAttribute>()?.ContextType == typeof(HubDbContext))
            .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>().Order(StringComparer.Ordinal),
    ];

    /// <summary>The script that creates the roles writer, reader and admin; it may run any number of times.</summary>
    public static string Roles()
    {
        using var text = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("Roles.sql")!);
        return text.ReadToEnd();
    }

    /// <summary>Creates the tables or brings them up to this version.</summary>
    /// <param name="keepDays">Days of lines that are kept; null leaves it as it is.</param>
    /// <param name="withSearchIndex">Whether to create an index for the search, which needs the extension <c>pg_trgm</c>.</param>
    /// <exception cref="HubException">The hub is newer than this program.</exception>
    public static async Task InitialiseAsync(HubDatabase hub, int? keepDays, bool withSearchIndex, CancellationToken cancellationToken)
    {
        await using var context = hub.CreateDbContext();
        context.Database.SetCommandTimeout(TimeSpan.FromMinutes(30)); // an index on many lines
        await context.Database.OpenConnectionAsync(cancellationToken);
        await context.Database.ExecuteSqlRawAsync("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0", cancellationToken);
        if (await AppliedAsync((NpgsqlConnection)context.Database.GetDbConnection(), cancellationToken) is { } applied && applied.Except(Migrations).Any())
            throw new HubException($"The hub {hub.Address} was made by a newer version of Overmind GUI; update this one");
        await context.Database.MigrateAsync(cancellationToken);
        // What is new needs the rights of those who use the rest.
        if (await context.Database.SqlQuery<int>($"SELECT 1 AS \"Value\" FROM pg_roles WHERE rolname = 'overmind_writer'").AnyAsync(cancellationToken))
            await context.Database.ExecuteSqlRawAsync(Roles(), cancellationToken);
        if (keepDays is { } days) await context.Settings.ExecuteUpdateAsync(set => set.SetProperty(s => s.KeepDays, days), cancellationToken);
        if (withSearchIndex)
            await context.Database.ExecuteSqlRawAsync(
                $"CREATE EXTENSION IF NOT EXISTS pg_trgm; CREATE INDEX IF NOT EXISTS lines_by_text ON {HubDbContext.Schema}.lines USING gin (text gin_trgm_ops)",
                cancellationToken);
    }

    /// <summary>Creates the roles.</summary>
    public static async Task CreateRolesAsync(HubDatabase hub, CancellationToken cancellationToken)
    {
        await using var connection = await hub.OpenAsync(cancellationToken);
        await using var create = new NpgsqlCommand(Roles(), connection);
        await create.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Returns when the hub has exactly the tables of this version.</summary>
    /// <exception cref="HubException">It has none, or those of another version.</exception>
    public static async Task CheckAsync(NpgsqlConnection connection, HubAddress address, CancellationToken cancellationToken)
    {
        if (await AppliedAsync(connection, cancellationToken) is not { } applied)
            throw new HubException($"The database {address} has no hub's tables; run `overmind-gui hub init`");
        if (applied.Except(Migrations).Any())
            throw new HubException($"The hub {address} is newer than this Overmind GUI; update this one. Everything stays in the project's own database meanwhile");
        if (Migrations.Except(applied).Any())
            throw new HubException($"The hub {address} is older than this Overmind GUI; run `overmind-gui hub init` with this version. Everything stays in the project's own database meanwhile");
    }

    // Null without a history.
    private static async Task<IReadOnlyList<string>?> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var ask = new NpgsqlCommand($"SELECT to_regclass('{HubDbContext.Schema}.\"{HubDbContext.HistoryTable}\"') IS NOT NULL", connection);
        if (await ask.ExecuteScalarAsync(cancellationToken) is not true) return null;
        await using var list = new NpgsqlCommand($"SELECT \"MigrationId\" FROM {HubDbContext.Schema}.\"{HubDbContext.HistoryTable}\"", connection);
        await using var reader = await list.ExecuteReaderAsync(cancellationToken);
        var applied = new List<string>();
        while (await reader.ReadAsync(cancellationToken)) applied.Add(reader.GetString(0));
        return applied;
    }
}
