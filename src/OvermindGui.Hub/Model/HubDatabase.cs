using Microsoft.EntityFrameworkCore;
using Npgsql;
using OvermindGui.Hub.Connecting;

namespace OvermindGui.Hub.Model;

/// <summary>Opens connections and contexts on a hub.</summary>
public sealed class HubDatabase : IDbContextFactory<HubDbContext>, IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;

    public HubDatabase(HubAddress address)
    {
        Address = address;
        _source = new NpgsqlDataSourceBuilder(address.ConnectionString).Build();
    }

    public HubAddress Address { get; }

    /// <summary>A context with a connection of its own.</summary>
    public HubDbContext CreateDbContext() => new(Configured(o => o.UseNpgsql(_source, Migrations)));

    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) => _source.OpenConnectionAsync(cancellationToken);

    /// <summary>A context in a transaction that is under way.</summary>
    internal static async Task<HubDbContext> ContextInAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        var context = new HubDbContext(Configured(o => o.UseNpgsql(transaction.Connection!, Migrations)));
        await context.Database.UseTransactionAsync(transaction, cancellationToken);
        return context;
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static DbContextOptions<HubDbContext> Configured(Action<DbContextOptionsBuilder<HubDbContext>> use)
    {
        var options = new DbContextOptionsBuilder<HubDbContext>();
        use(options);
        return options.Options;
    }

    private static void Migrations(Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.NpgsqlDbContextOptionsBuilder npgsql) =>
        npgsql.MigrationsHistoryTable(HubDbContext.HistoryTable, HubDbContext.Schema);
}
