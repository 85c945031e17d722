using OvermindGui.Web.Components.Log;
using OvermindGui.Web.Live;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Log;

/// <summary>A buffer that holds only some of the lines: those that match a filter.</summary>
public sealed class LogBufferFilterTests
{
    private readonly LogBuffer _buffer = new();

    [Fact]
    public void Matches_have_no_gaps_between_but_what_nobody_looked_at_is_one()
    {
        _buffer.Start(Lines(3, 7), lastId: 10);
        _buffer.AppendMatches(Lines(12), lookedFrom: 11, lastId: 20);
        _buffer.AppendMatches(Lines(95), lookedFrom: 90, lastId: 99);
        Assert.Equal(["3-7", "12-12", "gap 21-89", "95-95"], Shape());
        Assert.Equal(99, _buffer.LastId);
    }

    [Fact]
    public void A_line_that_begins_to_match_is_put_in_at_its_place()
    {
        _buffer.Start(Lines(3, 7), lastId: 10);
        Amend([5, 1, 9, 4], belong: [5, 1, 9]);
        Assert.Equal([1, 3, 5, 7, 9], Ids());
        Assert.Equal(5, _buffer.LineCount);
    }

    [Fact]
    public void A_line_that_ceases_to_match_goes()
    {
        _buffer.Start(Lines(3, 5, 7), lastId: 10);
        Amend([5, 7], belong: [7]);
        Assert.Equal([3, 7], Ids());
        Assert.Equal(2, _buffer.LineCount);
        Assert.False(_buffer.Holds(5));
        Assert.True(_buffer.Holds(7));
    }

    [Fact]
    public void Nothing_moves_before_it_is_to_be_shown()
    {
        _buffer.Start(Lines(3, 7), lastId: 10);
        _buffer.Amend(Lines(5), new HashSet<long> { 5 });
        Assert.Equal([3, 7], Ids());
        Assert.True(_buffer.ShowAmended());
        Assert.Equal([3, 5, 7], Ids());
    }

    [Fact]
    public void Many_that_begin_to_match_become_more_blocks()
    {
        _buffer.Start(Lines([.. Sample.Range(1, LogBlock.MaxLines)]), lastId: 500);
        Amend([.. Sample.Range(200, 349)], belong: [.. Sample.Range(200, 349)]);
        Assert.Equal([.. Sample.Range(1, 100), .. Sample.Range(200, 349)], Ids());
        Assert.All(_buffer.Entries.OfType<LogBlock>(), block => Assert.InRange(block.LineCount, 1, LogBlock.MaxLines));
    }

    [Fact]
    public void One_inside_a_gap_comes_with_the_others_of_the_gap()
    {
        _buffer.Start(Lines(3), lastId: 10);
        _buffer.AppendMatches(Lines(95), lookedFrom: 90, lastId: 99);
        Amend([50], belong: [50]);
        Assert.Equal([3, 95], Ids());
    }

    [Fact]
    public void Into_an_empty_view_the_first_match_comes()
    {
        _buffer.Start([], lastId: 10);
        Amend([4], belong: [4]);
        Assert.Equal([4], Ids());
    }

    private void Amend(long[] ids, long[] belong)
    {
        _buffer.Amend(Lines(ids), belong.ToHashSet());
        _buffer.ShowAmended();
    }

    private static RenderedLine[] Lines(params long[] ids) => [.. ids.Select(id => Sample.Rendered(id, $"line {id}"))];

    private IEnumerable<long> Ids() => _buffer.Entries.OfType<LogBlock>().SelectMany(b => b.Markup)
        .SelectMany(m => m.Value.Split("data-id=\"").Skip(1)).Select(part => long.Parse(part[..part.IndexOf('"', StringComparison.Ordinal)], null));

    private string[] Shape() => [.. _buffer.Entries.Select(e => $"{(e is LogGap ? "gap " : "")}{e.FirstId}-{e.LastId}")];
}
