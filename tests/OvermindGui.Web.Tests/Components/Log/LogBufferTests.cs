using OvermindGui.Core.Output;
using OvermindGui.Web.Components.Log;
using OvermindGui.Web.Live;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Log;

public sealed class LogBufferTests
{
    private readonly LogBuffer _buffer = new();

    [Fact]
    public void What_comes_is_appended_in_order()
    {
        Append(1, 2);
        Append(3, 5);
        Assert.Equal(["1-2", "3-5"], Shape());
        Assert.Equal((1, 5), (_buffer.FirstId, _buffer.LastId));
    }

    [Fact]
    public void Many_lines_become_blocks_of_a_hundred()
    {
        Append(1, 250);
        Assert.Equal(["1-100", "101-200", "201-250"], Shape());
        Assert.Equal([100, 100, 50], _buffer.Entries.OfType<LogBlock>().Select(b => b.LineCount));
    }

    [Fact]
    public void A_block_holds_the_markup_of_its_lines()
    {
        Append(1, 130);
        Assert.Equal(string.Concat(Sample.Lines(1, 100).Select(l => l.Html)), MarkupOf(0));
        Assert.Equal(string.Concat(Sample.Lines(101, 130).Select(l => l.Html)), MarkupOf(1));
    }

    [Fact]
    public void Hidden_processes_are_left_out_but_leave_no_gap()
    {
        Append(1, 1, "web");
        _buffer.Append([.. Sample.Lines(2, 4, "api"), .. Sample.Lines(5, 5)], Hiding("api"));
        _buffer.Append(Sample.Lines(6, 6, "api"), Hiding("api"));
        Append(7, 7);
        Assert.Equal(["1-1", "5-5", "7-7"], Shape());
        Assert.Equal(7, _buffer.LastId);
    }

    [Fact]
    public void Missing_ids_are_a_gap()
    {
        Append(1, 2);
        Append(2_503, 2_504);
        Assert.Equal(["1-2", "gap 3-2502", "2503-2504"], Shape());
        Assert.Equal(2_500, Assert.IsType<LogGap>(_buffer.Entries[1]).LineCount);
    }

    [Fact]
    public void What_is_beyond_a_tick_is_a_gap()
    {
        Append(1, 1);
        Append(2, 501 + OutputFeed.LinesPerTick);
        Assert.Equal("gap 2-501", Shape()[1]);
        Assert.Equal((502, 501 + OutputFeed.LinesPerTick), (_buffer.Entries[2].FirstId, _buffer.LastId));
    }

    [Fact]
    public void Gaps_with_nothing_shown_between_them_merge()
    {
        Append(1, 1);
        _buffer.Append(Sample.Lines(11, 11, "api"), Hiding("api"));
        Append(21, 21);
        Assert.Equal(["1-1", "gap 2-20", "21-21"], Shape());
    }

    [Fact]
    public void A_flood_of_a_hidden_process_does_not_grow_the_page()
    {
        Append(1, 1);
        for (var tick = 1; tick <= 50; tick++) _buffer.Append(Sample.Lines(tick * 1_000, (tick * 1_000) + 5, "api"), Hiding("api"));
        _buffer.Trim();
        Assert.Equal(["1-1", "gap 2-49999"], Shape());
    }

    [Fact]
    public void Gaps_with_something_shown_between_them_stay_two()
    {
        Append(1, 1);
        Append(10, 10);
        Append(20, 20);
        Assert.Equal(["1-1", "gap 2-9", "10-10", "gap 11-19", "20-20"], Shape());
    }

    [Fact]
    public void The_first_lines_have_no_gap_before_them()
    {
        Append(500, 501);
        Assert.Equal(["500-501"], Shape());
    }

    [Fact]
    public void An_empty_batch_changes_nothing()
    {
        Append(1, 2);
        _buffer.Append([], ProcessFilter.Everything);
        Assert.Equal(["1-2"], Shape());
        Assert.Equal(2, _buffer.LastId);
    }

    [Fact]
    public void Trimming_lets_go_of_the_oldest_and_keeps_the_capacity()
    {
        for (var first = 1; first <= 3_000; first += 100) Append(first, first + 99);
        _buffer.Trim();
        Assert.Equal((1_001, 3_000), (_buffer.FirstId, _buffer.LastId));
        Assert.Equal(LogBuffer.Capacity, _buffer.Entries.OfType<LogBlock>().Sum(b => b.LineCount));
    }

    [Fact]
    public void Trimming_never_goes_below_the_capacity()
    {
        for (var first = 1; first <= 2_050; first += 50) Append(first, first + 49);
        Append(2_051, 2_060);
        _buffer.Trim();
        Assert.Equal(51, _buffer.FirstId);
        Assert.Equal(2_010, _buffer.Entries.OfType<LogBlock>().Sum(b => b.LineCount));
    }

    [Fact]
    public void Trimming_leaves_no_gap_at_the_beginning()
    {
        Append(1, 10);
        for (var first = 101; first <= 2_200; first += 100) Append(first, first + 99);
        Assert.Equal("gap 11-100", Shape()[1]);
        _buffer.Trim();
        Assert.IsType<LogBlock>(_buffer.Entries[0]);
        Assert.Equal(201, _buffer.FirstId);
    }

    [Fact]
    public void Older_lines_go_before_the_others()
    {
        _buffer.Start(Sample.Lines(100, 101), lastId: 101);
        _buffer.Prepend(Sample.Lines(98, 99));
        Assert.Equal(["98-99", "100-101"], Shape());
        Assert.Equal((98, 101), (_buffer.FirstId, _buffer.LastId));
    }

    [Fact]
    public void A_filled_gap_is_gone()
    {
        var gap = WithGap();
        _buffer.Fill(gap, Sample.Lines(2, 9), reached: 9);
        Assert.Equal(["1-1", "2-9", "10-10"], Shape());
    }

    [Fact]
    public void What_is_still_missing_stays_a_gap()
    {
        var gap = WithGap();
        _buffer.Fill(gap, Sample.Lines(2, 5), reached: 5);
        Assert.Equal(["1-1", "2-5", "gap 6-9", "10-10"], Shape());
        _buffer.Fill((LogGap)_buffer.Entries[2], Sample.Lines(6, 9), reached: 9);
        Assert.Equal(["1-1", "2-5", "6-9", "10-10"], Shape());
    }

    [Fact]
    public void A_gap_of_hidden_lines_only_is_filled_with_nothing()
    {
        _buffer.Fill(WithGap(), [], reached: 9);
        Assert.Equal(["1-1", "10-10"], Shape());
    }

    [Fact]
    public void A_gap_that_is_no_longer_in_view_is_not_filled()
    {
        var gap = WithGap();
        _buffer.Start(Sample.Lines(50, 51), lastId: 51);
        _buffer.Fill(gap, Sample.Lines(2, 9), reached: 9);
        Assert.Equal(["50-51"], Shape());
    }

    [Fact]
    public void An_empty_buffer_has_no_first_line()
    {
        Append(1, 2);
        _buffer.Clear();
        Assert.Equal((long.MaxValue, 0), (_buffer.FirstId, _buffer.LastId));
        Assert.Empty(_buffer.Entries);
    }

    private string MarkupOf(int entry) => string.Concat(Assert.IsType<LogBlock>(_buffer.Entries[entry]).Markup);

    private LogGap WithGap()
    {
        Append(1, 1);
        Append(10, 10);
        return (LogGap)_buffer.Entries[1];
    }

    private void Append(long first, long last, string process = "web") =>
        _buffer.Append(Sample.Lines(first, last, process), ProcessFilter.Everything);

    private static ProcessFilter Hiding(string process) => new(new HashSet<string> { process });

    private string[] Shape() => [.. _buffer.Entries.Select(e => $"{(e is LogGap ? "gap " : "")}{e.FirstId}-{e.LastId}")];
}
