using System.Globalization;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Persistence;

/// <summary>Another program holds the database's only place for a writer.</summary>
public class UnwritableDatabaseTests
{
    private const int Timeout = 120_000;
    private const int Count = 100_000;

    // It leaves a file when it has printed all: it did not wait for the database.
    private static readonly string Chatty = $"web: while [ ! -e go ]; do sleep 0.02; done; seq 1 {Count}; touch done; exec sleep 1000";

    [Fact(Timeout = Timeout)]
    public async Task The_processes_run_on_what_they_print_is_stored_later_and_meanwhile_that_is_said()
    {
        await using var daemon = await TestDaemon.StartHoldingAsync(64 << 20, Chatty);
        await using var other = daemon.Database.OpenConnection();
        await using (Lock(other))
        {
            daemon.Save("go", "");
            await daemon.UntilAsync(() => File.Exists(Path.Combine(daemon.Folder.Root, "done")));
            await daemon.UntilAsync(() => new SystemReader(daemon.Database).Read().StorageTrouble?.Contains("database is locked", StringComparison.Ordinal) == true);
        }

        await daemon.WaitForLineAsync("web", $"{Count}");
        Assert.Equal(Enumerable.Range(1, Count).Select(n => $"{n}"), daemon.Output("web").Select(l => l.Text));
        await daemon.UntilAsync(() => new StorageFaultFile(daemon.Folder).Read() is null);
        Assert.Equal(new CommandOutcome(true, "Restarted web"), await daemon.SendAsync(CommandKind.Restart, "web"));
    }

    [Fact(Timeout = Timeout)]
    public async Task What_is_too_much_for_the_memory_is_counted_in_the_place_where_it_is_missing()
    {
        await using var daemon = await TestDaemon.StartHoldingAsync(1 << 20, Chatty);
        await using var other = daemon.Database.OpenConnection();
        await using (Lock(other))
        {
            daemon.Save("go", "");
            await daemon.UntilAsync(() => File.Exists(Path.Combine(daemon.Folder.Root, "done")));
            await daemon.UntilAsync(() => new StorageFaultFile(daemon.Folder).Read()?.Contains("lines are lost so far", StringComparison.Ordinal) == true);
        }

        await daemon.WaitForLineAsync("web", $"{Count}");
        var lines = daemon.Lines("web").SkipWhile(l => !l.Text.Contains("are missing here", StringComparison.Ordinal)).ToList();
        var missing = int.Parse(lines[0].Text.Split(' ')[0], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        Assert.Equal(LineSource.Notice, lines[0].Stream);
        Assert.InRange(missing, 1, Count - 1);
        Assert.Equal(Enumerable.Range(missing + 1, Count - missing).Select(n => $"{n}"), lines.Skip(1).Select(l => l.Text));
        Assert.Equal(daemon.Lines("web").Count, daemon.Info("web").LineCount);
    }

    private static SqliteTransaction Lock(SqliteConnection connection) => connection.BeginTransaction();
}
