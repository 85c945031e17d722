using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Storage;

/// <summary>
/// Opens contexts on a folder's <c>overmind.db</c>. Only the daemon creates and migrates the file; everyone else finds it ready or waits.
/// </summary>
public sealed class OvermindDatabase : IDbContextFactory<OvermindDbContext>
{
    private readonly Lazy<DbContextOptions<OvermindDbContext>> _options;
    private readonly Lock _gate = new();
    private FileIdentity? _identity;
    private bool _ready;

    private OvermindDatabase(ProjectFolder folder)
    {
        Folder = folder;
        Damage = new DamageReport(this);
        // Lazy: a command line that only asks for a state never loads EF Core.
        _options = new(() => new DbContextOptionsBuilder<OvermindDbContext>()
            .UseSqlite(ConnectionString)
            .AddInterceptors(new ConnectionSettings())
            .Options);
    }

    public ProjectFolder Folder { get; }

    // Made for each use: the folder may be moved.
    private string ConnectionString =>
        new SqliteConnectionStringBuilder { DataSource = Folder.Database, Mode = SqliteOpenMode.ReadWrite }.ToString();

    /// <summary>Where readers tell of errors that may mean damage.</summary>
    public DamageReport Damage { get; }

    /// <summary>What to say about a file that a newer version wrote; null for all others.</summary>
    public string? NewerWords(SqliteConnection connection)
    {
        if (connection.Scalar("SELECT 1 FROM sqlite_schema WHERE name = $1", HistoryRepository.DefaultTableName) is null) return null;
        return SchemaHistory.AgeOf(connection) == SchemaAge.Newer
            ? $"{Folder.Database} was written by a newer version of Overmind GUI; update this one, or move the file away"
            : null;
    }

    /// <summary>Opening it never creates the file. Whoever is not the daemon asks <see cref="IsReady"/> before reading.</summary>
    public static OvermindDatabase In(ProjectFolder folder) => new(folder);

    public OvermindDbContext CreateDbContext() => new(_options.Value);

    /// <summary>
    /// A bare connection, for the few small statements of the command line: EF Core's first query costs half a second of start-up.
    /// </summary>
    public SqliteConnection OpenConnection()
    {
        var connection = new SqliteConnection(ConnectionString);
        try
        {
            connection.Open();
            ConnectionSettings.Apply(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Grows whenever <see cref="IsReady"/> finds another file than before: ids and cursors of the old one mean nothing then.</summary>
    public int Generation { get; private set; }

    /// <summary>
    /// True when the file is there with a schema. It notices when the file was replaced by another of the same name, and lets go of
    /// the connections to the old one.
    /// </summary>
    public bool IsReady()
    {
        lock (_gate) return IsReadyInTurn();
    }

    private bool IsReadyInTurn()
    {
        var identity = FileIdentity.Of(Folder.Database);
        if (identity == _identity && _ready) return true;
        using (var pool = new SqliteConnection(ConnectionString)) SqliteConnection.ClearPool(pool);
        _identity = identity;
        Generation++;
        return _ready = identity is not null && FileStatus.Of(Folder.Database) is { Kind: FileKind.Regular } && HasSchema();
    }

    private bool HasSchema()
    {
        try
        {
            using var connection = OpenConnection();
            // The daemon row is the last thing that a starting daemon writes before it serves.
            return connection.Scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'daemons'") is 1L
                && connection.Scalar("SELECT count(*) FROM daemons") is > 0L;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SqliteErrors.CannotOpen or SqliteErrors.NotADatabase or SqliteErrors.Corrupt)
        {
            return false; // being created, or waiting to be set aside by the next daemon
        }
    }
}
