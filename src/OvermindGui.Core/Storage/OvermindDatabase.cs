using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Storage;

/// <summary>
/// Opens contexts on a folder's <c>overmind.db</c>. Only the daemon creates and migrates the file; all other programs wait until it is
/// ready.
/// </summary>
public sealed class OvermindDatabase : IDbContextFactory<OvermindDbContext>
{
    private readonly Lazy<DbContextOptions<OvermindDbContext>> _options;
    private readonly Lock _gate = new();
    private FileIdentity? _identity;
    private bool _ready;
    private int? _currentGeneration; // in which the tables are those of this version

    private OvermindDatabase(ProjectFolder folder)
    {
        Folder = folder;
        Damage = new DamageReport(this);
        // Lazy: a CLI command that only reads the state never loads EF Core.
        _options = new(() => new DbContextOptionsBuilder<OvermindDbContext>()
            .UseSqlite(ConnectionString)
            .AddInterceptors(new ConnectionSettings())
            .Options);
    }

    public ProjectFolder Folder { get; }

    // Built on each use, because the folder may be moved.
    private SqliteConnectionStringBuilder ConnectionOptions => new() { DataSource = Folder.Database, Mode = SqliteOpenMode.ReadWrite };

    private string ConnectionString => ConnectionOptions.ToString();

    /// <summary>Receives read errors that may indicate damage.</summary>
    public DamageReport Damage { get; }

    /// <summary>The message about a file whose tables are not those of this version, or null.</summary>
    /// <param name="daemonAlive">A living daemon of an older version keeps its tables until it restarts.</param>
    public string? VersionWarning(SqliteConnection connection, bool daemonAlive)
    {
        if (_currentGeneration == Generation || !connection.HasTable(HistoryRepository.DefaultTableName)) return null;
        var age = SchemaHistory.AgeOf(connection);
        if (age == SchemaAge.Current) _currentGeneration = Generation;
        return (age, daemonAlive) switch
        {
            (SchemaAge.Newer, false) => $"{Folder.Database} was written by a newer version of Overmind GUI; update this one, or move the file away",
            (SchemaAge.Older, true) => AfterRestart,
            _ => null,
        };
    }

    /// <summary>What is said of a feature whose tables are missing.</summary>
    public const string AfterRestart = "The running daemon is older than this dashboard: what is new is available after the daemon restarts";

    /// <summary>
    /// Opens a context without creating the file. Every program except the daemon checks <see cref="IsReady"/> before reading.
    /// </summary>
    public static OvermindDatabase In(ProjectFolder folder) => new(folder);

    public OvermindDbContext CreateDbContext() => new(_options.Value);

    /// <summary>
    /// A plain connection for the small statements of the CLI: EF Core's first query adds half a second of start-up time.
    /// </summary>
    public SqliteConnection OpenConnection() => Open(ConnectionString);

    /// <summary>The connection of the daemon's writer: what a transaction adds to the log is written at once.</summary>
    public SqliteConnection OpenWriter()
    {
        if (!GatheringFileSystem.TryRegister()) return OpenConnection();
        var options = ConnectionOptions;
        options.Vfs = GatheringFileSystem.Name;
        var connection = Open(options.ToString());
        connection.Execute(null, "PRAGMA cache_spill = OFF"); // as that file system demands
        return connection;
    }

    /// <summary>A plain connection whose file is closed with it.</summary>
    public SqliteConnection OpenUnpooled()
    {
        var options = ConnectionOptions;
        options.Pooling = false;
        return Open(options.ToString());
    }

    private static SqliteConnection Open(string options)
    {
        var connection = new SqliteConnection(options);
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

    /// <summary>
    /// Increases whenever <see cref="IsReady"/> finds that the file was replaced; ids and cursors of the old file are then invalid.
    /// </summary>
    public int Generation { get; private set; }

    /// <summary>
    /// True when the file exists and has a schema. When the file has been replaced by another one of the same name, this closes the
    /// connections to the old file.
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
            // A starting daemon writes its row last, just before it serves.
            return connection.Scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'daemons'") is 1L
                && connection.Scalar("SELECT count(*) FROM daemons") is > 0L;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SqliteErrors.CannotOpen or SqliteErrors.NotADatabase or SqliteErrors.Corrupt)
        {
            return false; // being created, or about to be set aside by the next daemon
        }
    }
}
