using System.Globalization;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Persistence;

/// <summary>The database is deleted, replaced or damaged under a living daemon.</summary>
public class LostDatabaseTests
{
    private const int Timeout = 120_000;
    private const int Count = 20_000;

    // Prints a part whenever it is asked to.
    private static readonly string InParts =
        $"web: i=0; seq 1 {Count}; echo printed; while :; do if [ -e go ]; then rm go; i=$((i+1)); echo \"part $i\"; fi; sleep 0.02; done";

    [Fact(Timeout = Timeout)]
    public async Task A_deleted_database_is_written_again_with_all_that_was_in_it()
    {
        await using var daemon = await StartAsync();
        var (pid, before) = (daemon.Info("web").Pid, daemon.Lines("web"));
        foreach (var suffix in (string[])["", "-wal", "-shm"]) File.Delete(daemon.Folder.Database + suffix);

        await PrintAsync(daemon, "part 1");
        await PrintAsync(daemon, "part 2");

        Assert.Equal(before.Select(l => (l.Id, l.Text)), daemon.Lines("web").Take(before.Count).Select(l => (l.Id, l.Text)));
        Assert.Equal(["part 1", "part 2"], daemon.Lines("web").Skip(before.Count).Select(l => l.Text));
        Assert.Equal((ProcessState.Running, pid), (daemon.Info("web").State, daemon.Info("web").Pid));
        await daemon.WaitForWordsAsync("overmind.db was deleted while the daemon used it; it was written again");
        await IsWholeAsync(daemon);
    }

    [Fact(Timeout = Timeout)]
    public async Task Another_file_in_its_place_is_set_aside()
    {
        await using var daemon = await StartAsync();
        daemon.Save("overmind.db", "");

        await PrintAsync(daemon, "part 1");

        var words = await daemon.WaitForWordsAsync("overmind.db was replaced while the daemon used it");
        Assert.Contains(Path.GetFileName(Assert.Single(SetAside(daemon, "foreign"))), words, StringComparison.Ordinal);
        Assert.Equal(Count + 2, daemon.Output("web").Count());
        await IsWholeAsync(daemon);
    }

    [Theory(Timeout = Timeout)]
    [InlineData(0.5, 0.5)] // in the middle
    [InlineData(0, 1)] // from the first byte on
    public async Task A_damaged_database_is_set_aside_and_a_new_one_begun(double from, double size)
    {
        await using var daemon = await StartAsync();
        var pid = daemon.Info("web").Pid;
        await DamageAsync(daemon, from, size);

        await daemon.UntilAsync(() => HasAsked(daemon) && SetAside(daemon, "corrupt").Any());
        await daemon.UntilAsync(() => daemon.Database.IsReady() && daemon.Info("web").Pid == pid);
        await PrintAsync(daemon, "part 1");

        Assert.Equal((ProcessState.Running, pid), (daemon.Info("web").State, daemon.Info("web").Pid));
        await daemon.WaitForWordsAsync("overmind.db was damaged while the daemon used it; it was set aside as overmind.db.corrupt-");
        Assert.Contains("was damaged", new SystemReader(daemon.Database).Read().Warning, StringComparison.Ordinal);
        Assert.Equal(daemon.Lines("web").Count, daemon.Info("web").LineCount);
        await IsWholeAsync(daemon);
        Assert.Equal(new CommandOutcome(true, "Restarted web"), await daemon.SendAsync(CommandKind.Restart, "web"));
        Assert.Single(SetAside(daemon, "corrupt"));
    }

    private static async Task<TestDaemon> StartAsync()
    {
        var daemon = await TestDaemon.StartAsync(InParts);
        await daemon.WaitForLineAsync("web", "printed");
        return daemon;
    }

    private static IEnumerable<string> SetAside(TestDaemon daemon, string kind) =>
        Directory.GetFiles(daemon.Folder.Root, $"overmind.db.{kind}-*").Where(f => !f.EndsWith("-wal", StringComparison.Ordinal) && !f.EndsWith("-shm", StringComparison.Ordinal));

    private static async Task PrintAsync(TestDaemon daemon, string line)
    {
        daemon.Save("go", "");
        await daemon.UntilAsync(() => daemon.Database.IsReady() && daemon.Output("web").Any(l => l.Text == line), line);
    }

    // The write-ahead log is read before the file: what is in it would hide the damage.
    private static async Task DamageAsync(TestDaemon daemon, double from, double size)
    {
        await using (var connection = daemon.Database.OpenConnection()) connection.Execute(null, "PRAGMA wal_checkpoint(TRUNCATE)");
        await using var file = new FileStream(daemon.Folder.Database, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        var noise = new byte[(int)(file.Length * size / 2)];
        new Random(1).NextBytes(noise);
        file.Position = (long)(file.Length * from);
        await file.WriteAsync(noise, TestContext.Current.CancellationToken);
    }

    // As a reader does that cannot read a page; unless the daemon has met the damage itself and has no database just now.
    private static bool HasAsked(TestDaemon daemon)
    {
        try
        {
            using var connection = daemon.Database.OpenConnection();
            connection.Execute(null, "INSERT INTO daemon_commands(command, timestamp) VALUES ('inspect', 0)");
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            daemon.Database.Damage.Report(e);
        }

        return true;
    }

    private static async Task IsWholeAsync(TestDaemon daemon)
    {
        await using var connection = daemon.Database.OpenConnection();
        Assert.Equal("ok", connection.Scalar("PRAGMA integrity_check"));
        Assert.Equal("wal", connection.Scalar("PRAGMA journal_mode"));
        Assert.Equal("2", Convert.ToString(connection.Scalar("PRAGMA auto_vacuum"), CultureInfo.InvariantCulture));
    }
}
