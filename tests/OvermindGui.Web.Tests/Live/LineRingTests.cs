using OvermindGui.Web.Live;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Live;

public sealed class LineRingTests
{
    private readonly LineRing _ring = new(4);

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(11)]
    public void It_holds_the_newest_lines_in_order(int count)
    {
        Add(1, count);
        Assert.Equal(Sample.Range(Math.Max(1, count - 3), count), _ring.ToArray().Select(l => l.Id));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    public void Each_line_is_found_and_replaced_wherever_the_ring_begins(int count)
    {
        Add(1, count);
        var ids = _ring.ToArray().Select(l => l.Id).ToList();
        foreach (var id in ids)
        {
            _ring.Replace(Sample.Rendered(id, "now"));
            Assert.Equal(Sample.Rendered(id, "now"), _ring.ToArray().Single(l => l.Id == id));
        }

        Assert.Equal(ids, _ring.ToArray().Select(l => l.Id));
        Assert.All(_ring.ToArray(), line => Assert.Contains("now", line.Html, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(99)]
    public void A_line_that_is_not_there_replaces_none(long id)
    {
        foreach (var there in (long[])[2, 3, 5, 7]) Add(there, there);
        var before = _ring.ToArray();
        _ring.Replace(Sample.Rendered(id, "now"));
        Assert.Equal(before, _ring.ToArray());
    }

    [Fact]
    public void An_empty_ring_has_nothing_to_replace()
    {
        _ring.Replace(Sample.Rendered(1, "now"));
        Assert.Empty(_ring.ToArray());
    }

    [Fact]
    public void A_cleared_ring_begins_anew()
    {
        Add(1, 6);
        _ring.Clear();
        Assert.Empty(_ring.ToArray());
        Add(1, 2);
        Assert.Equal([1, 2], _ring.ToArray().Select(l => l.Id));
    }

    private void Add(long first, long last)
    {
        foreach (var line in Sample.Lines(first, last)) _ring.Add(line);
    }
}
