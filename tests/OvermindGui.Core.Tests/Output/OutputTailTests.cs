using OvermindGui.Core.Output;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Output;

public sealed class OutputTailTests : IDisposable
{
    private readonly TempProject _project = new TempProject().WithDatabase();

    [Fact]
    public void Each_read_gives_what_came_since_the_last()
    {
        var tail = new OutputTail(_project.Client, 0);
        Assert.True((tail.Read(10)).IsEmpty);
        _project.Append("web", "a", "b");
        Assert.Equal(["a", "b"], Texts(tail.Read(10)));
        Assert.True((tail.Read(10)).IsEmpty);
        _project.Append("web", "c");
        Assert.Equal(["c"], Texts(tail.Read(10)));
        Assert.Equal(3, tail.Cursor);
    }

    [Fact]
    public void A_flood_beyond_the_limit_is_counted_and_skipped()
    {
        var tail = new OutputTail(_project.Client, 0);
        _project.Append("web", Enumerable.Range(1, 100).Select(n => $"{n}"));
        var batch = tail.Read(3);
        Assert.Equal(97, batch.Skipped);
        Assert.Equal(["98", "99", "100"], Texts(batch));
        Assert.Equal(100, tail.Cursor);
    }

    [Fact]
    public void As_many_as_the_limit_are_not_skipped()
    {
        var tail = new OutputTail(_project.Client, 0);
        _project.Append("web", "a", "b", "c");
        var batch = tail.Read(3);
        Assert.Equal(0, batch.Skipped);
        Assert.Equal(3, batch.Lines.Count);
    }

    [Fact]
    public void It_starts_after_its_cursor()
    {
        _project.Append("web", "a", "b", "c");
        Assert.Equal(["c"], Texts(new OutputTail(_project.Client, 2).Read(10)));
    }

    public void Dispose() => _project.Dispose();

    private static IEnumerable<string> Texts(TailBatch batch) => batch.Lines.Select(l => l.Content.Text);
}
