using Microsoft.Data.Sqlite;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Tests.Persistence;

/// <summary>The writer hands the frames of a transaction to the kernel at once; others see the database as if SQLite had written them.</summary>
public sealed class GatheredWriteTests : IDisposable
{
    private readonly TestFolder _folder = new("p: sleep 1000");
    private readonly OvermindDatabase _database;
    private readonly SqliteConnection _writer;

    public GatheredWriteTests()
    {
        (_database, _) = new DatabaseOpener(_folder.Folder, TimeProvider.System).Open();
        _writer = _database.OpenWriter();
        Assert.Equal(0L, _writer.Scalar("PRAGMA cache_spill"));
    }

    public void Dispose()
    {
        SqliteConnection.ClearPool(_writer);
        _writer.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(2_000)] // more than is gathered at once
    public void What_is_committed_is_in_the_log(int rows)
    {
        for (var transaction = 1; transaction <= 5; transaction++)
        {
            using (var begun = _writer.BeginTransaction())
            {
                Insert(_writer, rows, begun);
                begun.Commit();
            }

            Assert.Equal(transaction * rows, CountInCopy());
            using var log = new WriteAheadLog(_writer, () => _folder.Folder.Database + "-wal");
            Assert.True(log.IsIntact());
        }
    }

    [Fact]
    public void Writers_take_turns()
    {
        using var other = _database.OpenConnection();
        for (var i = 0; i < 20; i++)
        {
            Insert(_writer, 1 + i);
            Insert(other, 1 + i);
            if (i == 10) _writer.Execute(null, "PRAGMA wal_checkpoint(RESTART)");
        }

        Assert.Equal(2 * Enumerable.Range(1, 20).Sum(), CountInCopy());
    }

    [Fact]
    public void A_transaction_that_is_rolled_back_leaves_the_log_to_others()
    {
        using var other = _database.OpenConnection();
        for (var i = 0; i < 3; i++)
        {
            using (var begun = _writer.BeginTransaction()) Insert(_writer, 5_000, begun); // more than the cache holds
            Insert(other, 10);
            Insert(_writer, 10);
        }

        Assert.Equal(60, CountInCopy());
    }

    private static void Insert(SqliteConnection connection, int rows, SqliteTransaction? transaction = null) => connection.Execute(
        transaction,
        """
        WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < $1)
        INSERT INTO lines(process_id, time, stream, text) SELECT 1, n, 2, printf('%0500d', n) FROM numbers
        """,
        rows);

    // Of the files as they are: what a killed daemon leaves behind.
    private int CountInCopy()
    {
        using var copy = new TestFolder();
        foreach (var end in (string[])["", "-wal"]) File.Copy(_folder.Folder.Database + end, copy.Folder.Database + end);
        var database = OvermindDatabase.In(copy.Folder);
        using var connection = database.OpenConnection();
        Assert.Equal("ok", connection.Scalar("PRAGMA integrity_check"));
        var count = (int)(long)connection.Scalar("SELECT count(*) FROM lines")!;
        SqliteConnection.ClearPool(connection);
        return count;
    }
}
