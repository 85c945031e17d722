using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Persistence;

/// <summary>What is kept, and what is deleted to keep it.</summary>
public class RetentionTests
{
    private const int Timeout = 120_000;
    private const string Quiet = "quiet: echo one; echo two; exec sleep 1000";

    private static readonly Retention Everything = new(long.MaxValue / 2, TimeSpan.FromDays(10_000), long.MaxValue / 2);
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(10);

    private readonly SkippableTime _time = new();

    [Fact(Timeout = Timeout)]
    public async Task Each_process_keeps_its_newest_lines_and_none_pushes_out_anothers()
    {
        await using var daemon = await TestDaemon.StartKeepingAsync(
            Everything with { Lines = 1_000 }, _time, "chatty: seq 1 30000; exec sleep 1000", Quiet);
        await daemon.WaitForLineAsync("chatty", "30000");
        await daemon.WaitForLineAsync("quiet", "two");

        await PruneUntilAsync(() => daemon.Info("chatty").LineCount == 1_000);

        Assert.Equal(Enumerable.Range(29_001, 1_000).Select(n => $"{n}"), daemon.Lines("chatty").Select(l => l.Text));
        Assert.Equal(["one", "two"], daemon.Output("quiet").Select(l => l.Text));
    }

    [Fact(Timeout = Timeout)]
    public async Task Lines_that_are_too_old_go_and_newer_ones_stay()
    {
        await using var daemon = await TestDaemon.StartKeepingAsync(
            Everything with { Age = TimeSpan.FromDays(1) }, _time,
            "web: echo old; while [ ! -e go ]; do sleep 0.05; done; echo new; exec sleep 1000");
        await daemon.WaitForLineAsync("web", "old");
        _time.Skip(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));
        daemon.Save("go", "");
        await daemon.WaitForLineAsync("web", "new");

        await PruneUntilAsync(() => daemon.Output("web").Count() == 1);

        Assert.Equal(["new"], daemon.Lines("web").Select(l => l.Text));
        Assert.Equal(1, daemon.Info("web").LineCount);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_clock_that_jumps_for_a_moment_costs_no_line()
    {
        var keep = Everything with { Age = TimeSpan.FromDays(30), Lines = 1_000 };
        await using var daemon = await TestDaemon.StartKeepingAsync(keep, _time, Quiet, "chatty: seq 1 30000; exec sleep 1000");
        await daemon.WaitForLineAsync("quiet", "two");
        await daemon.WaitForLineAsync("chatty", "30000");

        _time.Set(TimeSpan.FromDays(40));
        await PruneUntilAsync(() => daemon.Info("chatty").LineCount == 1_000); // so it has looked at all of them
        Assert.Equal(["one", "two"], daemon.Output("quiet").Select(l => l.Text));

        // After an hour it is taken for the truth.
        _time.Skip(TimeSpan.FromHours(1));
        await PruneUntilAsync(() => !daemon.Output("quiet").Any());
    }

    [Fact(Timeout = Timeout)]
    public async Task A_clock_that_is_wrong_when_the_daemon_starts_costs_no_line()
    {
        using var folder = new TestFolder($"{Quiet}\nchatty: seq 1 3000; exec sleep 1000");
        var keep = Everything with { Age = TimeSpan.FromDays(30), Lines = 1_000 };
        await using (var first = await TestDaemon.StartKeepingAsync(folder.Folder, Everything, _time)) await first.WaitForLineAsync("chatty", "3000");
        _time.Set(TimeSpan.FromDays(40));

        await using var daemon = await TestDaemon.StartKeepingAsync(folder.Folder, keep, _time);
        await PruneUntilAsync(() => daemon.Info("chatty").LineCount == 1_000);

        Assert.Equal(["one", "two", "one", "two"], daemon.Output("quiet").Select(l => l.Text));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_file_that_is_too_large_shrinks_at_the_cost_of_the_chattiest()
    {
        const long Size = 2 << 20;
        await using var daemon = await TestDaemon.StartKeepingAsync(
            Everything with { Size = Size }, _time, "chatty: seq -f 'a line of some length, so that it takes room, number %.0f' 1 100000; exec sleep 1000", Quiet);
        await daemon.UntilAsync(() => daemon.Info("chatty").LineCount >= 100_000);
        Assert.True(FileSize(daemon) > 2 * Size);

        await PruneUntilAsync(() => FileSize(daemon) < 1.5 * Size && daemon.Info("chatty").LineCount is > 1_000 and < 50_000);

        Assert.Equal(["one", "two"], daemon.Output("quiet").Select(l => l.Text));
        Assert.EndsWith("number 100000", daemon.Lines("chatty")[^1].Text, StringComparison.Ordinal);
        Assert.Equal(daemon.Lines("chatty").Count, daemon.Info("chatty").LineCount);
    }

    private Task PruneUntilAsync(Func<bool> condition) => Eventually.TrueAsync(condition, () => _time.Skip(LookInterval));

    // Pages of the file with those that wait in the log.
    private static long FileSize(TestDaemon daemon)
    {
        using var connection = daemon.Database.OpenConnection();
        return (long)connection.Scalar("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")!;
    }
}
