using Microsoft.Data.Sqlite;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Tests.Persistence;

/// <summary>Checkpoints beside a writer that commits meanwhile.</summary>
public sealed class LogCheckpointsTests : IDisposable
{
    private const int Page = 4096;
    private const long Enough = 700, Most = 1_000; // frames

    private readonly TestFolder _folder = new("p: sleep 1000");
    private readonly OvermindDatabase _database;
    private readonly SqliteConnection _writer;
    private readonly WriteAheadLog _log;
    private int _rows;

    public LogCheckpointsTests()
    {
        (_database, _) = new DatabaseOpener(_folder.Folder, TimeProvider.System).Open();
        _writer = _database.OpenWriter();
        _writer.Execute(null, "PRAGMA wal_checkpoint(TRUNCATE)");
        _writer.Execute(null, "CREATE TABLE texts(text TEXT NOT NULL)");
        _log = new WriteAheadLog(_writer, () => LogPath);
    }

    private string LogPath => _folder.Folder.Database + "-wal";

    public void Dispose()
    {
        _log.Dispose();
        SqliteConnection.ClearPool(_writer);
        _writer.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_log_that_grows_all_the_time_stays_short_and_nothing_is_lost()
    {
        using var checkpoints = NewCheckpoints();
        var longest = 0L;
        for (var i = 0; i < 400; i++)
        {
            Write(pages: 25);
            Assert.True(checkpoints.Continue(_log.Missing));
            longest = Math.Max(longest, new FileInfo(LogPath).Length);
        }

        Assert.True(checkpoints.Finish());
        _log.Note();

        Assert.True(_log.IsInDatabase);
        Assert.InRange(longest, Enough * Page, 4 * Most * Page); // of 10,000 frames
        Assert.Equal((long)_rows, RowsWithoutLog());
    }

    [Fact]
    public void What_the_database_lacks_is_never_more_than_the_writer_waits_for()
    {
        using var checkpoints = NewCheckpoints();
        for (var i = 0; i < 100; i++)
        {
            Write(pages: 90);
            Assert.True(checkpoints.Continue(_log.Missing));
            _log.Note();
            Assert.InRange(_log.Missing, 0, Most);
        }
    }

    [Fact]
    public void Damage_is_reported_and_does_not_reach_the_database()
    {
        using var checkpoints = NewCheckpoints();
        while (_log.Missing < Enough) Write(pages: 20);
        using (var file = new FileStream(LogPath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
            file.Position = 300 * Page;
            file.Write(new byte[100]);
        }

        var before = Copy(_folder.Folder.Database);
        Assert.True(checkpoints.Continue(_log.Missing)); // begins

        Assert.False(checkpoints.Finish());
        Assert.Equal(before, Copy(_folder.Folder.Database));
    }

    [Fact]
    public void A_reader_that_needs_the_log_holds_up_the_checkpoint_and_not_the_writer()
    {
        using var checkpoints = NewCheckpoints();
        using var reader = _database.OpenUnpooled();
        Write(pages: 1);
        reader.Execute(null, "BEGIN; SELECT count(*) FROM texts");
        for (var i = 0; i < 100; i++)
        {
            Write(pages: 25);
            Assert.True(checkpoints.Continue(_log.Missing));
        }

        Assert.Equal(1L, reader.Scalar("SELECT count(*) FROM texts"));
        _log.Note();
        Assert.True(_log.Missing > 2_000);
        reader.Execute(null, "ROLLBACK");
        Assert.True(checkpoints.Finish());
        Assert.Equal((long)_rows, RowsWithoutLog());
    }

    // What is copied beside the writer has been verified only if this holds.
    [Fact]
    public void Sqlite_copies_nothing_that_is_newer_than_what_the_oldest_reader_sees()
    {
        using var reader = _database.OpenUnpooled();
        using var copier = _database.OpenUnpooled();
        Write(pages: 30);
        var seen = _log.Missing;
        reader.Execute(null, "BEGIN; SELECT 1 FROM sqlite_schema LIMIT 1");
        Write(pages: 30);
        var all = _log.Missing;
        copier.Execute(null, "PRAGMA wal_checkpoint(PASSIVE)");
        _log.Note();

        Assert.Equal(all - seen, _log.Missing);
    }

    [Fact]
    public void Another_file_of_the_same_name_is_left_alone()
    {
        using var checkpoints = new LogCheckpoints(_database, new FileIdentity(1, 1));
        Write(pages: 30);
        var before = _log.Missing;

        Assert.True(checkpoints.Finish());
        _log.Note();
        Assert.Equal(before, _log.Missing);
    }

    private LogCheckpoints NewCheckpoints() => new(_database, FileIdentity.Of(_folder.Folder.Database));

    private void Write(int pages)
    {
        _writer.Execute(null, "INSERT INTO texts(text) VALUES ($1)", new string((char)('a' + _rows++ % 26), pages * Page));
        _log.Note();
    }

    private static byte[] Copy(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private long RowsWithoutLog()
    {
        var copy = Path.Combine(_folder.Folder.Root, "copy.db");
        File.WriteAllBytes(copy, Copy(_folder.Folder.Database));
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = copy, Pooling = false }.ToString());
        connection.Open();
        Assert.Equal("ok", connection.Scalar("PRAGMA integrity_check"));
        return (long)connection.Scalar("SELECT count(*) FROM texts")!;
    }
}
