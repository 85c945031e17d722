using OvermindGui.Core.Contracts;
using OvermindGui.Core.Pruning;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Hosting;
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
        await using (var first = await TestDaemon.StartKeepingAsync(folder.Folder, Everything, _time))
        {
            await first.WaitForLineAsync("quiet", "two");
            await first.WaitForLineAsync("chatty", "3000");
        }

        _time.Set(TimeSpan.FromDays(40));

        await using var daemon = await TestDaemon.StartKeepingAsync(folder.Folder, keep, _time);
        await daemon.UntilAsync(() => daemon.Output("quiet").Count() == 4);
        await PruneUntilAsync(() => daemon.Info("chatty").LineCount == 1_000);

        Assert.Equal(["one", "two", "one", "two"], daemon.Output("quiet").Select(l => l.Text));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_file_that_is_too_large_shrinks_at_the_cost_of_the_chattiest()
    {
        const long Size = 2 << 20;
        await using var daemon = await TestDaemon.StartKeepingAsync(
            Everything with { Size = Size }, _time, "chatty: seq -f 'a line of some length, so that it takes room, number %.0f' 1 100000; exec sleep 1000", Quiet);
        await daemon.WaitForLineAsync("quiet", "two");
        await daemon.UntilAsync(() => daemon.Info("chatty").LineCount >= 100_000);
        Assert.True(FileSize(daemon) > 2 * Size);

        await PruneUntilAsync(() => FileSize(daemon) < 1.5 * Size && daemon.Info("chatty").LineCount is > 1_000 and < 50_000);

        Assert.Equal(["one", "two"], daemon.Output("quiet").Select(l => l.Text));
        Assert.EndsWith("number 100000", daemon.Lines("chatty")[^1].Text, StringComparison.Ordinal);
        await daemon.UntilAsync(() => daemon.Lines("chatty").Count == daemon.Info("chatty").LineCount); // the pruning may go on
    }

    [Fact(Timeout = Timeout)]
    public async Task Limits_that_are_set_while_it_runs_are_followed_and_said_and_hold_after_a_restart()
    {
        using var folder = new TestFolder("chatty: if [ ! -e second ]; then touch second; seq 1 3000; fi; exec sleep 1000");
        await using (var first = await TestDaemon.StartKeepingAsync(folder.Folder, Everything, _time))
        {
            await first.WaitForLineAsync("chatty", "3000");
            var settings = new RetentionSettings(first.Database, TimeProvider.System);
            await first.UntilAsync(() => settings.Read().Lines is { Source: "test" });
            settings.Change(new RetentionLimits { Lines = new(2_000, "") });
            await PruneUntilAsync(() => first.Info("chatty").LineCount == 2_000);
            Assert.Contains("Stored output is limited to 2,000 lines of each process", await first.WaitForWordsAsync("is limited to"), StringComparison.Ordinal);
            Assert.Equal((2_000, RetentionLimits.Changed), (settings.Read().Lines!.Value, settings.Read().Lines!.Source));
        }

        await using var daemon = await TestDaemon.StartKeepingAsync(folder.Folder, Everything with { Lines = 500 }, _time);
        await daemon.WaitForAsync("chatty", p => p.State == ProcessState.Running);
        var again = new RetentionSettings(daemon.Database, TimeProvider.System);
        await PruneUntilAsync(() => RetentionLimits.Parse(Configured(daemon)).Lines?.Value == 500);
        Assert.True(daemon.Info("chatty").LineCount >= 1_900);
        again.Change(new RetentionLimits());
        await PruneUntilAsync(() => daemon.Info("chatty").LineCount == 500);
    }

    [Fact(Timeout = Timeout)]
    public async Task Asked_to_prune_it_deletes_all_beyond_the_limit_at_once_and_by_other_limits_just_once()
    {
        await using var daemon = await TestDaemon.StartKeepingAsync(Everything with { Lines = 1_000 }, _time, "chatty: seq 1 1030; exec sleep 1000");
        await daemon.WaitForLineAsync("chatty", "1030");
        var token = TestContext.Current.CancellationToken;
        var lines = daemon.Info("chatty").LineCount; // within the slack that rounds leave
        var pruned = PruneRequest.SendAsync(daemon.Folder, null, token);
        await PruneUntilAsync(() => pruned.IsCompleted);
        Assert.StartsWith($"Deleted {lines - 1_000} lines", (await pruned)!.Message, StringComparison.Ordinal);
        Assert.Equal(1_000, daemon.Info("chatty").LineCount);

        pruned = PruneRequest.SendAsync(daemon.Folder, new RetentionLimits { Lines = new(200, "") }, token);
        await PruneUntilAsync(() => pruned.IsCompleted);
        Assert.StartsWith("Deleted 800 lines", (await pruned)!.Message, StringComparison.Ordinal);
        pruned = PruneRequest.SendAsync(daemon.Folder, null, token);
        await PruneUntilAsync(() => pruned.IsCompleted);
        Assert.Equal("Nothing exceeds the limits", (await pruned)!.Message);
    }

    [Fact(Timeout = Timeout)]
    public async Task Without_a_daemon_the_same_is_deleted_under_its_lock()
    {
        using var folder = new TestFolder("chatty: if [ ! -e second ]; then touch second; seq 1 3000; fi; exec sleep 1000");
        var token = TestContext.Current.CancellationToken;
        await using (var daemon = await TestDaemon.StartKeepingAsync(folder.Folder, Everything, _time))
        {
            await daemon.WaitForLineAsync("chatty", "3000");
            Assert.Null(await OfflinePruning.RunAsync(folder.Folder, new RetentionLimits { Lines = new(500, "") }, TimeProvider.System, token));
        }

        Assert.StartsWith("Deleted ", await OfflinePruning.RunAsync(folder.Folder, new RetentionLimits { Lines = new(500, "") }, TimeProvider.System, token), StringComparison.Ordinal);
        Assert.Equal("Nothing exceeds the limits", await OfflinePruning.RunAsync(folder.Folder, null, TimeProvider.System, token));
        await using var next = await TestDaemon.StartKeepingAsync(folder.Folder, Everything, _time);
        await next.WaitForAsync("chatty", p => p.State == ProcessState.Running);
        Assert.Equal("3000", next.Output("chatty").Last().Text);
        Assert.InRange(next.Output("chatty").Count(), 490, 500); // and notices
    }

    [Fact(Timeout = Timeout)]
    public async Task The_output_before_a_crash_and_around_an_error_is_kept_longer_than_the_rest()
    {
        await using var daemon = await TestDaemon.StartKeepingAsync(
            Everything with { Age = TimeSpan.FromDays(1), Crashes = TimeSpan.FromDays(90) }, _time,
            "web: if [ -e second ]; then seq 5001 6000; exec sleep 1000; fi; seq 1 1000; echo ERROR no luck; seq 1001 2000; exit 3");
        await daemon.OutputAfterEndAsync("web"); // all of it is of that day
        _time.Skip(TimeSpan.FromDays(2));
        daemon.Save("second", "");
        await daemon.SendAsync(CommandKind.Start, "web");
        await daemon.WaitForLineAsync("web", "6000");
        await PruneUntilAsync(() => daemon.Output("web").Count() < 1_500);

        var old = daemon.Output("web").Select(l => l.Text).TakeWhile(text => text != "5001").ToList();
        Assert.Equal([.. Enumerable.Range(981, 20).Select(n => $"{n}"), "ERROR no luck", .. Enumerable.Range(1001, 20).Select(n => $"{n}")], old.Take(41));
        Assert.Equal("2000", old[^1]);
        Assert.InRange(old.Count - 41, CrashContexts.TailLines - 5, CrashContexts.TailLines); // a notice or two among them

        _time.Skip(TimeSpan.FromDays(90));
        await PruneUntilAsync(() => !daemon.Output("web").Any());
    }

    private static string? Configured(TestDaemon daemon)
    {
        using var connection = daemon.Database.OpenConnection();
        return connection.Scalar("SELECT configured FROM retention") as string;
    }

    private Task PruneUntilAsync(Func<bool> condition) => Eventually.TrueAsync(condition, () => _time.Skip(LookInterval));

    // Pages of the file with those that wait in the log.
    private static long FileSize(TestDaemon daemon)
    {
        using var connection = daemon.Database.OpenConnection();
        return (long)connection.Scalar("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")!;
    }
}
