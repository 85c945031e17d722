using OvermindGui.Core.Output;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Output;

public sealed class OutputTailTests : IDisposable
{
    private readonly TempProject _project = new TempProject().WithDatabase();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_read_gives_what_came_since_the_last()
    {
        var tail = new OutputTail(_project.Client, 0);
        Assert.True((await tail.ReadAsync(10, Cancelled)).IsEmpty);
        _project.Append("web", "a", "b");
        Assert.Equal(["a", "b"], Texts(await tail.ReadAsync(10, Cancelled)));
        Assert.True((await tail.ReadAsync(10, Cancelled)).IsEmpty);
        _project.Append("web", "c");
        Assert.Equal(["c"], Texts(await tail.ReadAsync(10, Cancelled)));
        Assert.Equal(3, tail.Cursor);
    }

    [Fact]
    public async Task A_flood_beyond_the_limit_is_counted_and_skipped()
    {
        var tail = new OutputTail(_project.Client, 0);
        _project.Append("web", Enumerable.Range(1, 100).Select(n => $"{n}"));
        var batch = await tail.ReadAsync(3, Cancelled);
        Assert.Equal(97, batch.Skipped);
        Assert.Equal(["98", "99", "100"], Texts(batch));
        Assert.Equal(100, tail.Cursor);
    }

    [Fact]
    public async Task As_many_as_the_limit_are_not_skipped()
    {
        var tail = new OutputTail(_project.Client, 0);
        _project.Append("web", "a", "b", "c");
        var batch = await tail.ReadAsync(3, Cancelled);
        Assert.Equal(0, batch.Skipped);
        Assert.Equal(3, batch.Lines.Count);
    }

    [Fact]
    public async Task It_starts_after_its_cursor()
    {
        _project.Append("web", "a", "b", "c");
        Assert.Equal(["c"], Texts(await new OutputTail(_project.Client, 2).ReadAsync(10, Cancelled)));
    }

    public void Dispose() => _project.Dispose();

    private static IEnumerable<string> Texts(TailBatch batch) => batch.Lines.Select(l => l.Content.Text);
}
