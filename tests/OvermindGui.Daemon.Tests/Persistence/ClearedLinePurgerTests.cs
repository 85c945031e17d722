using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Persistence;

public class ClearedLinePurgerTests
{
    private const int Timeout = 120_000;
    private const string Web = "web: seq 1 2500; exec sleep 1000";

    [Fact(Timeout = Timeout)]
    public async Task Lines_are_deleted_when_the_time_to_undo_is_over_and_no_others()
    {
        await using var daemon = await TestDaemon.StartAsync(Web, "api: echo one; exec sleep 1000");
        await daemon.WaitForLineAsync("web", "2500");
        await daemon.WaitForLineAsync("api", "one");

        ClearLongAgo(daemon.Database, "web");
        new OutputClearing(daemon.Database, TimeProvider.System).Clear("api");

        await WaitUntilDeletedAsync(daemon, "web");
        Assert.NotEmpty(daemon.Lines("api")); // hidden, but there
        Assert.Equal(["api"], new OutputClearing(daemon.Database, TimeProvider.System).Undo());
        Assert.Equal(2, daemon.Info("api").LineCount);
        Assert.Equal(0, daemon.Info("web").LineCount);
    }

    [Fact(Timeout = Timeout)]
    public async Task What_was_cleared_without_a_daemon_the_next_one_deletes()
    {
        using var folder = new TestFolder(Web);
        await using (var first = await TestDaemon.StartAsync(folder.Folder)) await first.WaitForLineAsync("web", "2500");
        var database = OvermindDatabase.In(folder.Folder);
        ClearLongAgo(database, null);
        Assert.Empty(new OutputHistory(database).Before(long.MaxValue, ProcessFilter.Everything, 1));
        var last = new OutputHistory(database).LastId();

        await using var second = await TestDaemon.StartAsync(folder.Folder);
        await second.WaitForLineAsync("web", "2500");
        await WaitUntilAsync(second, () => second.Lines("web").All(line => line.Id > last));

        Assert.Equal(Enumerable.Range(1, 2500).Select(n => $"{n}"), second.Output("web").Select(l => l.Text));
        Assert.Equal(second.Lines("web").Count, second.Info("web").LineCount);
    }

    [Fact(Timeout = Timeout)]
    public async Task What_is_printed_meanwhile_is_stored_to_its_last_line()
    {
        await using var daemon = await TestDaemon.StartAsync("web: seq 1 100000; while [ ! -e go ]; do sleep 0.05; done; seq 1 20000; exec sleep 1000");
        await daemon.WaitForLineAsync("web", "100000");
        ClearLongAgo(daemon.Database, null);
        await WaitUntilAsync(daemon, () => Oldest(daemon) > 10_000); // it is at work

        await File.WriteAllTextAsync(Path.Combine(daemon.Folder.Root, "go"), "", TestContext.Current.CancellationToken);
        await WaitUntilAsync(daemon, () => Newest(daemon, 1) is ["20000"]);

        Assert.Equal(Enumerable.Range(1, 20_000).Select(n => $"{n}"), Newest(daemon, 20_000));
    }

    private static void ClearLongAgo(OvermindDatabase database, string? process) =>
        new OutputClearing(database, new EarlierTime(TimeSpan.FromMinutes(5))).Clear(process);

    private static Task WaitUntilDeletedAsync(TestDaemon daemon, string process) => WaitUntilAsync(daemon, () => daemon.Lines(process).Count == 0);

    private static async Task WaitUntilAsync(TestDaemon daemon, Func<bool> condition)
    {
        using var bell = new DatabaseChangeWatcher(daemon.Folder, TimeSpan.FromMilliseconds(100));
        while (!condition()) await bell.WaitAsync(TestContext.Current.CancellationToken);
    }

    private static long Oldest(TestDaemon daemon)
    {
        using var connection = daemon.Database.OpenConnection();
        return (long)connection.Scalar("SELECT min(id) FROM lines")!;
    }

    private static string[] Newest(TestDaemon daemon, int count) =>
        [.. new OutputHistory(daemon.Database).Before(long.MaxValue, ProcessFilter.Only("web"), count).Select(l => l.Content.Text)];

    private sealed class EarlierTime(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - by;
    }
}
