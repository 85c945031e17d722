using Microsoft.AspNetCore.Components;
using OvermindGui.Core.Output;
using OvermindGui.Web.Components.Log;
using OvermindGui.Web.Live;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Log;

public sealed class LogBufferAmendmentTests
{
    private readonly LogBuffer _buffer = new();

    [Fact]
    public void An_amended_line_takes_the_place_of_what_it_was_in_the_same_block()
    {
        Append(Sample.Lines(1, 3));
        var block = Block(0);
        _buffer.Amend([Sample.Rendered(2, "now")]);

        Assert.True(_buffer.ShowAmended());
        Assert.Same(block, Block(0));
        Assert.Equal([Sample.Lines(1, 1)[0].Html, Sample.Rendered(2, "now").Html, Sample.Lines(3, 3)[0].Html], Parts(block));
    }

    [Fact]
    public void Nothing_changes_before_it_is_to_be_shown()
    {
        Append(Sample.Lines(1, 3));
        var before = Block(0).Markup;
        _buffer.Amend([Sample.Rendered(2, "sooner")]);
        _buffer.Amend([Sample.Rendered(2, "later")]);
        Assert.Same(before, Block(0).Markup);

        _buffer.ShowAmended();
        Assert.Contains(">later<", Parts(Block(0))[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_block_is_one_piece_until_a_line_of_it_changes()
    {
        Append(Sample.Lines(1, 60));
        Assert.Single(Block(0).Markup);

        _buffer.Amend([Sample.Rendered(2, "now")]);
        _buffer.ShowAmended();
        Assert.Equal(60, Block(0).Markup.Count);
        Assert.Equal(60, Block(0).LineCount);
    }

    [Fact]
    public void A_small_block_is_a_piece_a_line_from_the_beginning()
    {
        Append(Sample.Lines(1, LogBlock.MaxSeparateLines));
        var before = Parts(Block(0));
        _buffer.Amend([Sample.Rendered(2, "now")]);
        _buffer.ShowAmended();

        var after = Parts(Block(0));
        Assert.Equal(before.Length, after.Length);
        Assert.All(before.Index().Where(p => p.Index != 1), part => Assert.Same(part.Item, after[part.Index])); // nothing to do for the page
    }

    [Fact]
    public void Only_the_blocks_of_amended_lines_change()
    {
        for (var first = 1; first <= 30; first += 3) Append(Sample.Lines(first, first + 2));
        var before = _buffer.Entries.OfType<LogBlock>().Select(b => b.Markup).ToList();
        _buffer.Amend([Sample.Rendered(1, "now"), Sample.Rendered(15, "now"), Sample.Rendered(30, "now")]);
        _buffer.ShowAmended();

        Assert.Equal([0, 4, 9], Sample.Range(0, 9).Where(i => !ReferenceEquals(before[(int)i], Block((int)i).Markup)));
    }

    [Fact]
    public void Lines_that_are_not_here_are_ignored()
    {
        Append([.. Sample.Lines(10, 12), .. Sample.Lines(20, 20, "api"), .. Sample.Lines(30, 31)], Hiding("api")); // 13 to 19 are a gap
        _buffer.Amend([.. new long[] { 1, 15, 20, 99 }.Select(id => Sample.Rendered(id, "now"))]);
        Assert.False(_buffer.ShowAmended());
    }

    [Fact]
    public void A_line_that_is_the_same_as_before_is_no_amendment()
    {
        Append(Sample.Lines(1, 3));
        var before = Block(0).Markup;
        _buffer.Amend(Sample.Lines(1, 3));
        Assert.False(_buffer.ShowAmended());
        Assert.Same(before, Block(0).Markup);
    }

    [Fact]
    public void What_was_cleared_has_no_amendments_left()
    {
        Append(Sample.Lines(1, 3));
        _buffer.Amend([Sample.Rendered(2, "now")]);
        _buffer.Clear();
        Assert.False(_buffer.ShowAmended());
    }

    private LogBlock Block(int entry) => Assert.IsType<LogBlock>(_buffer.Entries[entry]);

    private static string[] Parts(LogBlock block) => [.. block.Markup.Select((MarkupString part) => part.Value)];

    private void Append(RenderedLine[] lines, ProcessFilter? filter = null) => _buffer.Append(lines, filter ?? ProcessFilter.Everything);

    private static ProcessFilter Hiding(string process) => new(new HashSet<string> { process });
}
