using OvermindGui.Core.Output;
using OvermindGui.Web.Components.Log;
using OvermindGui.Web.Live;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Log;

/// <summary>The state machine of a pane's window over the history, without a page or a database.</summary>
public sealed class LogWindowTests
{
    private readonly LogWindow _window = new();

    [Fact]
    public void It_begins_with_the_newest_lines_and_knows_where_older_ones_are()
    {
        Start(Sample.Lines(1, 3_000));
        Assert.Equal(LogWindow.Capacity, _window.LineCount);
        Assert.Equal((1_001, 3_000), (_window.OlderFrom, _window.LastId));
        Assert.True(_window.HasOlder);
        Assert.False(_window.NeedsOlder);
    }

    [Fact]
    public void With_few_lines_it_needs_older_ones_until_the_beginning()
    {
        Start(Sample.Lines(900, 910));
        Assert.True(_window.NeedsOlder);
        _window.PrependPage(new TextPage<RenderedLine>(Sample.Lines(880, 899), 880, IsEnd: false));
        Assert.True(_window.NeedsOlder);
        _window.PrependPage(new TextPage<RenderedLine>([], 1, IsEnd: true));
        Assert.False(_window.NeedsOlder);
        Assert.False(_window.HasOlder);
        Assert.True(_window.ReachesBeginning);
    }

    [Fact]
    public void What_leaves_at_the_top_is_history_again()
    {
        Start(Sample.Lines(1, 1_000));
        _window.PrependPage(new TextPage<RenderedLine>([], 1, IsEnd: true));
        for (var first = 1_001; first <= 3_000; first += 100) _window.Append(Sample.Lines(first, first + 99), ProcessFilter.Everything);
        _window.Trim();
        Assert.Equal(LogWindow.Capacity, _window.LineCount);
        Assert.Equal((1_001, false), (_window.OlderFrom, _window.ReachesBeginning));
    }

    [Fact]
    public void Old_lines_leave_many_at_once()
    {
        Start(Sample.Lines(1, LogWindow.Capacity));
        _window.Append(Sample.Lines(LogWindow.Capacity + 1, LogWindow.Capacity + LogWindow.Excess - 1), ProcessFilter.Everything);
        _window.Trim();
        Assert.Equal(LogWindow.Capacity + LogWindow.Excess - 1, _window.LineCount);
        _window.Append(Sample.Lines(LogWindow.Capacity + LogWindow.Excess, LogWindow.Capacity + LogWindow.Excess), ProcessFilter.Everything);
        _window.Trim();
        Assert.Equal(LogWindow.Capacity, _window.LineCount);
    }

    [Fact]
    public void What_is_beyond_a_tick_is_a_gap_and_a_flood_is_one()
    {
        Start(Sample.Lines(1, 1));
        _window.Append(Sample.Lines(2, 501 + OutputFeed.LinesPerTick), ProcessFilter.Everything);
        Assert.Equal("gap 2-501", Shape()[1]);
    }

    [Fact]
    public void Found_lines_have_no_gaps_between_but_what_was_not_looked_at_is_one()
    {
        Start(Sample.Lines(1, 1));
        _window.AppendFound([.. Sample.Lines(12, 12)], lookedFrom: 2, lastId: 20);
        _window.AppendFound([.. Sample.Lines(95, 95)], lookedFrom: 90, lastId: 99);
        Assert.Equal(["1-12", "gap 21-89", "95-95"], Shape());
        Assert.Equal(99, _window.LastId);
    }

    [Fact]
    public void While_it_stands_still_what_comes_is_counted_and_forgotten_when_it_follows()
    {
        Start(Sample.Lines(1, 5));
        Assert.True(_window.Follow(false));
        Assert.False(_window.Follow(false));
        Assert.True(_window.Count(3, upTo: 8));
        Assert.False(_window.Count(0, upTo: 9));
        Assert.Equal((3, 9), (_window.NewLines, _window.Counted));
        Assert.True(_window.Follow(true));
        Assert.Equal(0, _window.NewLines);
    }

    [Fact]
    public void Around_a_place_it_knows_that_more_is_stored_on_both_sides()
    {
        Start(Sample.Lines(9_000, 9_100));
        _window.Follow(false);
        _window.Start(new TextPage<RenderedLine>(Sample.Lines(400, 500), 400, IsEnd: false), new TextPage<RenderedLine>(Sample.Lines(501, 600), 600, IsEnd: false));
        Assert.Equal((400, 600, true, true), (_window.OlderFrom, _window.LastId, _window.HasOlder, _window.HasNewer));

        _window.AppendPage(new TextPage<RenderedLine>(Sample.Lines(601, 700), 700, IsEnd: true));
        Assert.False(_window.HasNewer);
        Assert.Equal(700, _window.Counted);
    }

    [Fact]
    public void A_snapshot_goes_on_where_it_touches_and_does_not_leave_most_of_it_out()
    {
        Start(Sample.Lines(1, 100));
        Assert.True(_window.GoesOn(Sample.Lines(50, 150), mayBeOutdated: false));
        Assert.True(_window.GoesOn(Sample.Lines(101, 150), mayBeOutdated: false));
        Assert.False(_window.GoesOn(Sample.Lines(102, 150), mayBeOutdated: false));
        Assert.False(_window.GoesOn(Sample.Lines(50, 150), mayBeOutdated: true));
        Assert.False(_window.GoesOn([], mayBeOutdated: false));
        Assert.False(_window.GoesOn(Sample.Lines(50, 101 + OutputFeed.LinesPerTick), mayBeOutdated: false));
    }

    [Fact]
    public void A_gap_is_filled_from_the_end_at_which_the_reader_arrives()
    {
        Start(Sample.Lines(1, 1));
        _window.Append(Sample.Lines(100, 100), ProcessFilter.Everything);
        _window.Fill(_window.GapAt(2)!, Sample.Lines(90, 99), reached: 90, fromEnd: true);
        Assert.Equal(["1-1", "gap 2-89", "90-99", "100-100"], Shape());
        _window.Fill(_window.GapAt(2)!, Sample.Lines(2, 11), reached: 11, fromEnd: false);
        Assert.Equal(["1-1", "2-11", "gap 12-89", "90-99", "100-100"], Shape());
        _window.Fill(_window.GapAt(12)!, Sample.Lines(12, 89), reached: 12, fromEnd: true);
        Assert.Equal(["1-1", "2-11", "12-61", "62-89", "90-99", "100-100"], Shape());
    }

    [Fact]
    public void A_gap_that_is_gone_is_not_filled()
    {
        Start(Sample.Lines(1, 1));
        _window.Append(Sample.Lines(10, 10), ProcessFilter.Everything);
        var gap = _window.GapAt(2)!;
        Start(Sample.Lines(50, 51));
        _window.Fill(gap, Sample.Lines(2, 9), reached: 9, fromEnd: false);
        Assert.Equal(["50-51"], Shape());
    }

    [Fact]
    public void Where_the_snapshot_does_not_hold_what_is_asked_for_only_its_end_counts()
    {
        _window.Start(Sample.Lines(100, 200), ProcessFilter.Everything, isComplete: false);
        Assert.Equal((0, 200L, 201L), (_window.LineCount, _window.LastId, _window.OlderFrom));
        Assert.True(_window.NeedsOlder);
    }

    private void Start(RenderedLine[] lines) => _window.Start(lines, ProcessFilter.Everything, isComplete: true);

    private string[] Shape() => [.. _window.Entries.Select(e => $"{(e is LogGap ? "gap " : "")}{e.FirstId}-{e.LastId}")];
}
