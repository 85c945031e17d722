using OvermindGui.Core.Output;
using OvermindGui.Web.Components.Output;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Tests.Components;

public sealed class LogBufferTests
{
    private readonly LogBuffer _buffer = new();

    [Fact]
    public void Lines_that_came_together_are_blocks_of_at_most_a_hundred()
    {
        Append(1, 250);
        Assert.Equal([100, 100, 50], Blocks.Select(b => b.LineCount));
    }

    [Fact]
    public void What_the_feed_left_out_is_one_gap_with_the_right_count()
    {
        Append(1, 10);
        Append(111, 10);
        var gap = Assert.Single(_buffer.Entries.OfType<LogGap>());
        Assert.Equal((11, 110, 100), (gap.FirstId, gap.LastId, gap.LineCount));
    }

    [Fact]
    public void More_than_a_ticks_lines_at_once_leave_a_gap_as_well()
    {
        Append(1, 1);
        Append(2, OutputFeed.LinesPerTick + 500);
        Assert.Equal(500, Assert.Single(_buffer.Entries.OfType<LogGap>()).LineCount);
    }

    [Fact]
    public void A_hole_within_a_batch_or_a_snapshot_is_a_gap()
    {
        Append(1, 1);
        _buffer.Append([.. Lines(2, 5), .. Lines(107, 5)], ProcessFilter.Everything);
        Assert.Equal(100, Assert.Single(_buffer.Entries.OfType<LogGap>()).LineCount);
        _buffer.Start([.. Lines(2, 5), .. Lines(207, 5)], ProcessFilter.Everything);
        Assert.Equal(200, Assert.Single(_buffer.Entries.OfType<LogGap>()).LineCount);
    }

    [Fact]
    public void A_gap_is_filled_page_by_page_in_its_place()
    {
        Append(1, 10);
        Append(111, 10);
        _buffer.Fill(_buffer.Entries.OfType<LogGap>().Single(), Lines(11, 40), isAll: false);
        Assert.Equal(60, Assert.Single(_buffer.Entries.OfType<LogGap>()).LineCount);
        _buffer.Fill(_buffer.Entries.OfType<LogGap>().Single(), Lines(51, 60), isAll: true);
        Assert.Empty(_buffer.Entries.OfType<LogGap>());
        Assert.Equal(_buffer.Entries.Select(e => e.FirstId).Order(), _buffer.Entries.Select(e => e.FirstId));
    }

    [Fact]
    public void Trimming_keeps_the_newest_and_never_begins_with_a_gap()
    {
        Append(1, 100);
        Append(201, 1_000);
        Append(1_201, 1_000);
        Append(2_201, 100);
        _buffer.Trim();
        Assert.IsType<LogBlock>(_buffer.Entries[0]);
        Assert.Equal(2_300, _buffer.LastId);
        Assert.InRange(Blocks.Sum(b => b.LineCount), LogBuffer.Capacity, LogBuffer.Capacity + LogBlock.MaxLines);
    }

    [Fact]
    public void Hidden_processes_are_no_gap()
    {
        _buffer.Append(Lines(1, 5), new ProcessFilter(new HashSet<string> { "api" }));
        _buffer.Append([new RenderedLine(6, "api", "x")], new ProcessFilter(new HashSet<string> { "api" }));
        _buffer.Append(Lines(7, 1), new ProcessFilter(new HashSet<string> { "api" }));
        Assert.Equal(6, Blocks.Sum(b => b.LineCount));
        Assert.Empty(_buffer.Entries.OfType<LogGap>());
    }

    private IEnumerable<LogBlock> Blocks => _buffer.Entries.OfType<LogBlock>();

    private void Append(int first, int count) => _buffer.Append(Lines(first, count), ProcessFilter.Everything);

    private static List<RenderedLine> Lines(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => new RenderedLine(i, "web", "<div></div>"))];
}
