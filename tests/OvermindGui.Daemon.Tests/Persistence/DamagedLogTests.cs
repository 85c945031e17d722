using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Persistence;

/// <summary>The write-ahead log is truncated, deleted or overwritten under a living daemon.</summary>
public class DamagedLogTests
{
    private const int Timeout = 120_000;
    private const int Count = 2_000;
    private const int FirstPage = 32 + 24; // behind the headers of the log and of its first frame

    private static readonly string InParts =
        $"web: i=0; seq 1 {Count}; echo printed; while :; do if [ -e go ]; then rm go; i=$((i+1)); echo \"part $i\"; fi; sleep 0.02; done";

    [Theory(Timeout = Timeout)]
    [InlineData("emptied")]
    [InlineData("cut")]
    [InlineData("deleted")]
    [InlineData("overwritten")]
    public async Task The_history_up_to_the_damage_stays_and_later_output_is_kept(string what)
    {
        await using var daemon = await TestDaemon.StartAsync(InParts);
        await daemon.WaitForLineAsync("web", "printed");
        await using (var connection = daemon.Database.OpenConnection()) connection.Execute(null, "PRAGMA wal_checkpoint(TRUNCATE)");
        await PrintAsync(daemon, "part 1");
        var (pid, log) = (daemon.Info("web").Pid, daemon.Folder.Database + "-wal");
        Assert.True(new FileInfo(log).Length > FirstPage);

        if (what == "emptied") Change(log, file => file.SetLength(0));
        if (what == "cut") Change(log, file => file.SetLength(FirstPage + 100));
        if (what == "deleted") File.Delete(log);
        if (what == "overwritten") Change(log, file => Overwrite(file, FirstPage));

        // Nothing is printed meanwhile: the daemon looks by itself.
        await daemon.UntilAsync(() => SetAside(daemon).Any() && daemon.Database.IsReady());
        var words = await daemon.WaitForWordsAsync("overmind.db-wal was truncated or overwritten while the daemon used it; the database was repaired");
        await PrintAsync(daemon, "part 2");

        Assert.Contains(Path.GetFileName(Assert.Single(SetAside(daemon))), words, StringComparison.Ordinal);
        Assert.Contains("was repaired", new SystemReader(daemon.Database).Read().Warning, StringComparison.Ordinal);
        Assert.Equal((ProcessState.Running, pid), (daemon.Info("web").State, daemon.Info("web").Pid));
        Assert.Equal(Enumerable.Range(1, Count).Select(n => $"{n}"), daemon.Output("web").Take(Count).Select(l => l.Text));
        Assert.Equal("part 2", daemon.Output("web").Last().Text);
        Assert.Equal(daemon.Lines("web").Count, daemon.Info("web").LineCount);
        await using (var connection = daemon.Database.OpenConnection()) Assert.Equal("ok", connection.Scalar("PRAGMA integrity_check"));
        IsWholeByItself(SetAside(daemon).Single());
        Assert.Equal(new CommandOutcome(true, "Restarted web"), await daemon.SendAsync(CommandKind.Restart, "web"));
    }

    [Fact(Timeout = Timeout)]
    public async Task An_overwritten_log_is_found_before_a_checkpoint_brings_it_into_the_database()
    {
        await using var daemon = await TestDaemon.StartAsync(
            InParts, "flood: while [ ! -e flood ]; do sleep 0.02; done; seq -f 'a line of some length, so that it takes room, number %.0f' 1 200000; sleep 1000");
        await daemon.WaitForLineAsync("web", "printed");
        await using (var connection = daemon.Database.OpenConnection()) connection.Execute(null, "PRAGMA wal_checkpoint(TRUNCATE)");
        await PrintAsync(daemon, "part 1");
        Change(daemon.Folder.Database + "-wal", file => Overwrite(file, FirstPage));

        await File.WriteAllTextAsync(Path.Combine(daemon.Folder.Root, "flood"), "", TestContext.Current.CancellationToken);
        await daemon.UntilAsync(() => SetAside(daemon).Any() && daemon.Database.IsReady());
        await daemon.WaitForWordsAsync("the database was repaired");
        await daemon.UntilAsync(() => daemon.Output("flood").LastOrDefault()?.Text.EndsWith("number 200000", StringComparison.Ordinal) == true);

        Assert.Equal(Enumerable.Range(1, Count).Select(n => $"{n}"), daemon.Output("web").Take(Count).Select(l => l.Text));
        IsWholeByItself(SetAside(daemon).Single());
    }

    [Fact]
    public void A_log_that_was_only_written_by_sqlite_is_always_intact()
    {
        using var folder = new TestFolder("web: true");
        var (database, _) = new DatabaseOpener(folder.Folder, TimeProvider.System).Open();
        using (var connection = database.OpenConnection())
        {
            using var log = new WriteAheadLog(connection, () => folder.Folder.Database + "-wal");
            for (var i = 0; i < 40; i++)
            {
                connection.Execute(null, $"INSERT INTO processes(name, line_count) VALUES ($1, 0)", new string((char)('a' + i % 26), 5_000 + i * 997) + i);
                log.Note();
                Assert.False(log.IsTruncated());
                Assert.True(i % 3 == 0 ? log.TryCheckpoint() : log.IsIntact());
            }
        }

        SqliteConnection.ClearAllPools();
    }

    private static IEnumerable<string> SetAside(TestDaemon daemon) =>
        Directory.GetFiles(daemon.Folder.Root, "overmind.db.corrupt-*").Where(f => !f.EndsWith("-wal", StringComparison.Ordinal) && !f.EndsWith("-shm", StringComparison.Ordinal));

    private static async Task PrintAsync(TestDaemon daemon, string line)
    {
        daemon.Save("go", "");
        await daemon.UntilAsync(() => daemon.Database.IsReady() && daemon.Output("web").Any(l => l.Text == line), line);
    }

    private static void Change(string path, Action<FileStream> change)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        change(file);
    }

    private static void Overwrite(FileStream file, long from)
    {
        var noise = new byte[2_000];
        new Random(1).NextBytes(noise);
        file.Position = from;
        file.Write(noise);
    }

    // Without its log, of which nothing must have come into it.
    private static void IsWholeByItself(string path)
    {
        var copy = path + ".alone";
        File.Copy(path, copy);
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = copy, Pooling = false }.ToString());
        connection.Open();
        Assert.Equal("ok", connection.Scalar("PRAGMA integrity_check"));
    }
}
