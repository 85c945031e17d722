using Microsoft.Data.Sqlite;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Tests.Faults;

/// <summary>A new database in the place of one that is lost, while others still look there.</summary>
public class AtomicDatabaseFileTests
{
    [Fact]
    public void It_has_its_name_only_when_it_is_finished_and_takes_no_log_of_another_file_for_its_own()
    {
        using var folder = new TestFolder("web: sleep 1");
        var place = folder.Folder.Database;
        LeaveLogOfAnother(folder.Folder);

        AtomicDatabaseFile.Make(folder.Folder, connection =>
        {
            Assert.False(File.Exists(place));
            connection.Execute(null, "INSERT INTO processes(name, line_count) VALUES ('web', 0)");
        });

        using var reading = OvermindDatabase.In(folder.Folder).OpenConnection();
        Assert.Equal("web", reading.Scalar("SELECT name FROM processes"));
        Assert.Equal("wal", reading.Scalar("PRAGMA journal_mode"));
        Assert.Null(reading.Scalar("SELECT 1 FROM sqlite_schema WHERE name = 'other'"));
        Assert.Equal(["overmind.db", "overmind.db-shm", "overmind.db-wal"],
            Directory.GetFileSystemEntries(folder.Folder.Data, "overmind.db*").Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    // As a reader does that had opened a file just before it lost its name.
    private static void LeaveLogOfAnother(ProjectFolder folder)
    {
        var place = folder.Database;
        PrivateFile.Create(place).Dispose();
        using (var connection = OvermindDatabase.In(folder).OpenConnection())
        {
            connection.Execute(null, "PRAGMA journal_mode = WAL");
            connection.Execute(null, "CREATE TABLE other(x)");
            File.Copy(place + "-wal", place + ".kept");
        }

        SqliteConnection.ClearAllPools();
        File.Delete(place);
        File.Delete(place + "-shm");
        File.Move(place + ".kept", place + "-wal", overwrite: true);
    }
}
