using Microsoft.AspNetCore.Components;
using OvermindGui.Core.Output;
using OvermindGui.Web.Components.Log;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Log;

public sealed class LogBufferTests
{
    private readonly LogBuffer _buffer = new();

    [Fact]
    public void What_comes_is_appended_in_order_to_blocks_of_fifty()
    {
        Append(1, 2);
        Append(3, 5);
        Assert.Equal(["1-5"], Shape());
        Append(6, 125);
        Assert.Equal(["1-50", "51-100", "101-125"], Shape());
        Assert.Equal([50, 50, 25], _buffer.Entries.OfType<LogBlock>().Select(b => b.LineCount));
        Assert.Equal((1, 125), (_buffer.FirstId, _buffer.LastId));
    }

    [Fact]
    public void A_block_holds_the_markup_of_its_lines()
    {
        Append(1, 80);
        Assert.Equal(string.Concat(Sample.Lines(1, 50).Select(l => l.Html)), string.Concat(Block(0).Markup));
        Assert.Equal(string.Concat(Sample.Lines(51, 80).Select(l => l.Html)), string.Concat(Block(1).Markup));
    }

    [Fact]
    public void What_a_block_shows_already_stays_when_lines_are_added()
    {
        Append(1, 20);
        var before = Block(0).Markup[0].Value;
        Append(21, 40);
        Assert.Equal(2, Block(0).Markup.Count);
        Assert.Same(before, Block(0).Markup[0].Value);
    }

    [Fact]
    public void Hidden_processes_are_left_out_but_leave_no_gap()
    {
        Append(1, 1);
        _buffer.AppendWithGaps([.. Sample.Lines(2, 4, "api"), .. Sample.Lines(5, 5)], Hiding("api"));
        _buffer.AppendWithGaps(Sample.Lines(6, 6, "api"), Hiding("api"));
        Append(7, 7);
        Assert.Equal(["1-7"], Shape());
        Assert.Equal(3, _buffer.LineCount);
    }

    [Fact]
    public void Missing_ids_are_a_gap()
    {
        Append(1, 2);
        Append(2_503, 2_504);
        Assert.Equal(["1-2", "gap 3-2502", "2503-2504"], Shape());
        Assert.Equal(2_500, Assert.IsType<LogGap>(_buffer.Entries[1]).LineCount);
        Append(2_600, 2_600);
        Assert.Equal("gap 2505-2599", Shape()[3]);
    }

    [Fact]
    public void Gaps_with_nothing_shown_between_them_merge()
    {
        Append(1, 1);
        for (var tick = 1; tick <= 50; tick++) _buffer.AppendWithGaps(Sample.Lines(tick * 1_000, (tick * 1_000) + 5, "api"), Hiding("api"));
        Assert.Equal("1-1", Shape()[0]);
        Assert.Equal(2, Shape().Length);
    }

    [Fact]
    public void Trimming_drops_whole_blocks_keeps_the_capacity_and_leaves_no_gap_at_the_beginning()
    {
        Append(1, 10);
        for (var first = 101; first <= 2_200; first += 100) Append(first, first + 99);
        Assert.Equal("gap 11-100", Shape()[1]);
        Assert.True(_buffer.Trim(2_000));
        Assert.Equal((201, 2_000), (_buffer.FirstId, _buffer.LineCount));
        Assert.False(_buffer.Trim(2_000));
    }

    [Fact]
    public void Older_lines_go_before_the_others()
    {
        Append(100, 101);
        _buffer.Prepend(Sample.Lines(98, 99));
        Assert.Equal(["98-99", "100-101"], Shape());
    }

    [Fact]
    public void An_amended_line_takes_the_place_of_what_it_was_once_it_is_to_be_shown()
    {
        Append(1, 40);
        var before = Block(0).Markup;
        _buffer.Amend([Sample.Rendered(2, "sooner")]);
        _buffer.Amend([Sample.Rendered(2, "later")]);
        Assert.Same(before, Block(0).Markup);

        Assert.True(_buffer.ShowAmended());
        Assert.Equal(40, Block(0).Markup.Count); // from now on its lines change alone
        Assert.Contains(">later<", Block(0).Markup[1].Value, StringComparison.Ordinal);
        Assert.False(_buffer.ShowAmended());
    }

    [Fact]
    public void In_a_small_tick_only_the_line_that_changes_is_replaced()
    {
        Append(1, LogBlock.MaxSeparateLines);
        string[] before = [.. Block(0).Markup.Select((MarkupString part) => part.Value)];
        _buffer.Amend([Sample.Rendered(2, "now")]);
        _buffer.ShowAmended();
        Assert.All(before.Index().Where(p => p.Index != 1), part => Assert.Same(part.Item, Block(0).Markup[part.Index].Value));
    }

    [Fact]
    public void Lines_that_are_not_here_or_no_different_are_ignored()
    {
        Append(1, 3);
        Append(20, 21);
        _buffer.Amend([.. Sample.Lines(1, 3), Sample.Rendered(10, "x"), Sample.Rendered(99, "x")]);
        Assert.False(_buffer.ShowAmended());
    }

    [Fact]
    public void With_a_filter_a_line_that_changes_comes_when_it_matches_and_goes_when_it_does_not()
    {
        _buffer.Append([.. Sample.Lines(3, 3), .. Sample.Lines(7, 7)], seen: 10);
        Amend([5, 1, 9, 4], belong: [5, 1, 9]);
        Assert.Equal([1, 3, 5, 7, 9], Ids());
        Amend([5, 7], belong: [7]);
        Assert.Equal([1, 3, 7, 9], Ids());
        Assert.Equal((4, false, true), (_buffer.LineCount, _buffer.Holds(5), _buffer.Holds(7)));
    }

    [Fact]
    public void Many_that_begin_to_match_become_more_blocks()
    {
        _buffer.Append(Sample.Lines(1, LogBlock.MaxLines), seen: 500);
        Amend([.. Sample.Range(200, 349)], belong: [.. Sample.Range(200, 349)]);
        Assert.Equal([.. Sample.Range(1, LogBlock.MaxLines), .. Sample.Range(200, 349)], Ids());
        Assert.All(_buffer.Entries.OfType<LogBlock>(), block => Assert.InRange(block.LineCount, 1, LogBlock.MaxLines));
    }

    [Fact]
    public void The_last_line_of_a_block_that_goes_takes_the_block_with_it_and_another_can_come()
    {
        _buffer.Append(Sample.Lines(4, 4), seen: 10);
        Amend([4], belong: []);
        Assert.Empty(_buffer.Entries);
        Amend([4], belong: [4]);
        Assert.Equal([4], Ids());
    }

    [Fact]
    public void What_was_cleared_has_neither_lines_nor_amendments()
    {
        Append(1, 3);
        _buffer.Amend([Sample.Rendered(2, "now")]);
        _buffer.Clear();
        Assert.False(_buffer.ShowAmended());
        Assert.Equal((long.MaxValue, 0), (_buffer.FirstId, _buffer.LastId));
    }

    private LogBlock Block(int entry) => Assert.IsType<LogBlock>(_buffer.Entries[entry]);

    private void Append(long first, long last) => _buffer.AppendWithGaps(Sample.Lines(first, last), ProcessFilter.Everything);

    private void Amend(long[] ids, long[] belong)
    {
        _buffer.Amend([.. ids.Select(id => Sample.Rendered(id, $"changed {id}"))], belong.ToHashSet());
        _buffer.ShowAmended();
    }

    private IEnumerable<long> Ids() => _buffer.Entries.OfType<LogBlock>().SelectMany(b => b.Markup)
        .SelectMany(m => m.Value.Split("data-id=\"").Skip(1)).Select(part => long.Parse(part[..part.IndexOf('"', StringComparison.Ordinal)], null));

    private static ProcessFilter Hiding(string process) => new(new HashSet<string> { process });

    private string[] Shape() => [.. _buffer.Entries.Select(e => $"{(e is LogGap ? "gap " : "")}{e.FirstId}-{e.LastId}")];
}
