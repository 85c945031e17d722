using OvermindGui.Core.Errors;
using OvermindGui.Core.Failures;
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
    public async Task What_is_deleted_is_gone_from_every_table_and_what_was_saved_about_it_shows_nothing()
    {
        using var folder = new TestFolder("web: echo ERROR no hush-$((4000 + 711)) found; while [ ! -e go ]; do sleep 0.05; done; echo ERROR other; exec sleep 1000");
        await File.WriteAllTextAsync(folder.Folder.Declarations, """{"web": [{"pattern": "ERROR", "action": "notify"}]}""", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder.Folder.Root, "overmind-gui.yaml"), "alerts:\n  - {name: heard, when: {prints: 'no hush'}, actions: [mark]}\n", TestContext.Current.CancellationToken);
        await using var daemon = await TestDaemon.StartAsync(folder.Folder);
        await daemon.UntilAsync(() => Holders(daemon).IsSupersetOf(["alert_hits", "failure_hits", "lines"]));
        var (stars, views, errors) = (new Bookmarks(daemon.Database, TimeProvider.System), new SavedViews(daemon.Database, TimeProvider.System), new ErrorHistory(daemon.Database));
        Assert.Null(stars.Add(daemon.Output("web").Single().Id, "hush-4711, look at it"));
        Assert.Null(views.Save("Errors", "levels=error"));
        Assert.Single(errors.Read(new ErrorFilter(ProcessFilter.Everything), DateTimeOffset.UtcNow).Groups);

        ClearLongAgo(daemon.Database, null);
        Assert.All(daemon.Failures("web"), hit => Assert.Equal(FailureHistory.Cleared, hit.Text));
        Assert.Empty(errors.Read(new ErrorFilter(ProcessFilter.Everything), DateTimeOffset.UtcNow).Groups);
        await daemon.UntilAsync(() => Holders(daemon).Count == 0);
        Assert.Empty(stars.Read());
        Assert.Single(views.Read());
        Assert.Single(daemon.Failures("web")); // that there was one stays

        daemon.Save("go", "");
        await daemon.WaitForLineAsync("web", "ERROR other");
        Assert.Equal("ERROR other", Assert.Single(errors.Read(new ErrorFilter(ProcessFilter.Everything), DateTimeOffset.UtcNow).Groups).Text);
    }

    /// <summary>The tables that hold the text.</summary>
    private static HashSet<string> Holders(TestDaemon daemon)
    {
        using var connection = daemon.Database.OpenConnection();
        return
        [
            .. connection.Query("SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'", row => (Table: row.GetString(0), Column: row.GetString(1)))
                .Where(at => connection.Scalar($"SELECT 1 FROM \"{at.Table}\" WHERE instr(CAST(\"{at.Column}\" AS BLOB), CAST('hush-4711' AS BLOB)) > 0 LIMIT 1") is not null)
                .Select(at => at.Table),
        ];
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
        await WaitUntilAsync(daemon, () => Oldest(daemon) is null or > 10_000); // it is at work, or done

        await File.WriteAllTextAsync(Path.Combine(daemon.Folder.Root, "go"), "", TestContext.Current.CancellationToken);
        await WaitUntilAsync(daemon, () => Newest(daemon, 1) is ["20000"]);

        Assert.Equal(Enumerable.Range(1, 20_000).Select(n => $"{n}"), Newest(daemon, 20_000));
    }

    private static void ClearLongAgo(OvermindDatabase database, string? process) =>
        new OutputClearing(database, new EarlierTime(TimeSpan.FromMinutes(5))).Clear(process);

    private static Task WaitUntilDeletedAsync(TestDaemon daemon, string process) => WaitUntilAsync(daemon, () => daemon.Lines(process).Count == 0);

    private static async Task WaitUntilAsync(TestDaemon daemon, Func<bool> condition)
    {
        using var watcher = new DatabaseChangeWatcher(daemon.Folder, TimeSpan.FromMilliseconds(100));
        while (!condition()) await watcher.WaitAsync(TestContext.Current.CancellationToken);
    }

    private static long? Oldest(TestDaemon daemon)
    {
        using var connection = daemon.Database.OpenConnection();
        return connection.Scalar("SELECT min(id) FROM lines") as long?;
    }

    private static string[] Newest(TestDaemon daemon, int count) =>
        [.. new OutputHistory(daemon.Database).Before(long.MaxValue, ProcessFilter.Only("web"), count).Select(l => l.Content.Text)];

    private sealed class EarlierTime(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - by;
    }
}
