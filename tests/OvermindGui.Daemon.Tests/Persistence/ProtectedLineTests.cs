using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Persistence;

/// <summary>What pruning leaves alone: pinned runs, and starred lines with their neighbours.</summary>
public class ProtectedLineTests
{
    private const int Timeout = 120_000;

    private static readonly Retention Everything = new(long.MaxValue / 2, TimeSpan.FromDays(10_000), long.MaxValue / 2);

    private readonly SkippableTime _time = new();

    [Fact(Timeout = Timeout)]
    public async Task A_pinned_run_and_a_star_survive_pruning_and_other_lines_do_not()
    {
        await using var daemon = await TestDaemon.StartKeepingAsync(
            Everything with { Lines = 500 }, _time, "web: if [ -e second ]; then seq 1 2000; exec sleep 1000; fi; echo pinned; seq 1 100; exit 3", "api: seq 1 3000; exec sleep 1000");
        await daemon.OutputAfterEndAsync("web");
        await daemon.WaitForLineAsync("api", "3000");
        var runs = new RunHistory(daemon.Database, TimeProvider.System);
        var first = Assert.Single(runs.Newest("web", 10));
        Assert.True(runs.Pin(first.Id, pinned: true));
        var star = daemon.Output("api").Single(l => l.Text == "1000").Id;
        Assert.Null(new Bookmarks(daemon.Database, TimeProvider.System).Add(star, "here"));

        _time.Skip(TimeSpan.FromSeconds(10)); // the second run is another time
        daemon.Save("second", "");
        await daemon.SendAsync(CommandKind.Start, "web");
        await daemon.WaitForLineAsync("web", "2000");
        await PruneUntilAsync(() => daemon.Output("api").Count() < 1_000 && daemon.Output("web").Count(l => l.RunId != first.Id) < 1_000);

        Assert.Equal(101, daemon.Output("web").Count(l => l.RunId == first.Id));
        Assert.True(runs.LinesOf(first) >= 101);
        Assert.Equal(
            Enumerable.Range(980, 41).Select(n => $"{n}"), daemon.Output("api").Select(l => l.Text).Where(text => text.Length < 4 || string.CompareOrdinal(text, "1021") < 0));
        Assert.Equal("3000", daemon.Output("api").Last().Text);
        await daemon.UntilAsync(() => daemon.Lines("api").Count == daemon.Info("api").LineCount); // the pruning may go on
    }

    [Fact(Timeout = Timeout)]
    public async Task Within_a_size_that_is_too_small_for_them_they_go_last()
    {
        const long Size = 2 << 20;
        await using var daemon = await TestDaemon.StartKeepingAsync(
            Everything with { Size = Size }, _time, "web: seq -f 'a line of some length, so that it takes room, number %.0f' 1 60000; exec sleep 1000", "api: echo one; exec sleep 1000");
        await daemon.UntilAsync(() => daemon.Info("web").LineCount >= 60_000);
        var runs = new RunHistory(daemon.Database, TimeProvider.System);
        runs.Pin(runs.Newest("web", 1)[0].Id, pinned: true);
        await PruneUntilAsync(() => daemon.Info("web").LineCount is > 100 and < 40_000);
        Assert.EndsWith("number 60000", daemon.Lines("web")[^1].Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task Stars_pins_and_views_survive_a_restart_of_the_daemon()
    {
        using var folder = new TestFolder("web: echo one; exec sleep 1000");
        long line;
        await using (var first = await TestDaemon.StartKeepingAsync(folder.Folder, Everything, _time))
        {
            await first.WaitForLineAsync("web", "one");
            line = first.Output("web").Single().Id;
            Assert.Null(new Bookmarks(first.Database, TimeProvider.System).Add(line, "look here"));
            Assert.True(new RunHistory(first.Database, TimeProvider.System).Pin(first.RunId("web")!.Value, pinned: true));
            Assert.Null(new SavedViews(first.Database, TimeProvider.System).Save("Errors", "levels=error"));
        }

        await using var daemon = await TestDaemon.StartKeepingAsync(folder.Folder, Everything, _time);
        var star = Assert.Single(new Bookmarks(daemon.Database, TimeProvider.System).Read());
        Assert.Equal((line, "one", "look here"), (star.Line, star.Text, star.Note));
        var history = new RunHistory(daemon.Database, TimeProvider.System);
        Assert.True(history.LinesOf(Assert.Single(history.Pinned())) >= 1);
        Assert.Equal(new ViewInfo("Errors", "levels=error"), Assert.Single(new SavedViews(daemon.Database, TimeProvider.System).Read()));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_star_goes_with_the_line_that_was_cleared()
    {
        await using var daemon = await TestDaemon.StartKeepingAsync(Everything, _time, "web: echo one; exec sleep 1000");
        await daemon.WaitForLineAsync("web", "one");
        var stars = new Bookmarks(daemon.Database, TimeProvider.System);
        stars.Add(daemon.Output("web").Single().Id, "secret");
        var clearing = new OutputClearing(daemon.Database, TimeProvider.System);
        clearing.Clear("web");
        Assert.Empty(stars.Read());
        clearing.Undo();
        Assert.Single(stars.Read());

        clearing.Clear("web");
        await PruneUntilAsync(() => daemon.Lines("web").Count == 0);
        using var connection = daemon.Database.OpenConnection();
        Assert.Equal(0L, Core.Storage.SqliteStatements.Scalar(connection, "SELECT count(*) FROM bookmarks"));
    }

    private Task PruneUntilAsync(Func<bool> condition) => Eventually.TrueAsync(condition, () => _time.Skip(TimeSpan.FromSeconds(10)));
}
