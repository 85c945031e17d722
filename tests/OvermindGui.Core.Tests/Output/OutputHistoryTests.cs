using OvermindGui.Core.Output;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Output;

public sealed class OutputHistoryTests : IDisposable
{
    private readonly TempProject _project = new TempProject().WithDatabase();
    private readonly OutputHistory _history;

    public OutputHistoryTests() => _history = new OutputHistory(_project.Client);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_empty_history_has_no_last_line()
    {
        Assert.Equal(0, await _history.LastIdAsync(Cancelled));
        Assert.Empty(await _history.BeforeAsync(long.MaxValue, ProcessFilter.Everything, 10, Cancelled));
    }

    [Fact]
    public async Task Lines_come_back_with_all_that_was_stored()
    {
        _project.Append("web", Rendered.Lines("\e[31mred 😀\e[m"u8.ToArray()));
        var line = Assert.Single(await _history.BeforeAsync(long.MaxValue, ProcessFilter.Everything, 10, Cancelled));
        Assert.Equal((1L, "web", 1_500L, LineSource.Terminal), (line.Id, line.Process, line.Time, line.Source));
        Assert.Equal("<span class=\"f1\">red 😀</span>", Rendered.Html(line.Content));
    }

    [Fact]
    public async Task A_page_before_an_id_holds_the_newest_below_it_in_order()
    {
        _project.Append("web", Numbers(1, 20));
        Assert.Equal([8, 9, 10], Ids(await _history.BeforeAsync(11, ProcessFilter.Everything, 3, Cancelled)));
        Assert.Equal([1, 2], Ids(await _history.BeforeAsync(3, ProcessFilter.Everything, 10, Cancelled)));
        Assert.Empty(await _history.BeforeAsync(1, ProcessFilter.Everything, 10, Cancelled));
    }

    [Fact]
    public async Task A_page_between_two_ids_excludes_both_and_holds_the_oldest()
    {
        _project.Append("web", Numbers(1, 20));
        Assert.Equal([6, 7, 8], Ids(await _history.BetweenAsync(5, 9, ProcessFilter.Everything, 10, Cancelled)));
        Assert.Equal([6, 7], Ids(await _history.BetweenAsync(5, 20, ProcessFilter.Everything, 2, Cancelled)));
        Assert.Empty(await _history.BetweenAsync(5, 6, ProcessFilter.Everything, 10, Cancelled));
    }

    [Fact]
    public async Task A_chatty_hidden_process_does_not_push_out_a_quiet_one()
    {
        _project.Append("quiet", "first");
        _project.Append("chatty", Numbers(1, 5_000));
        _project.Append("quiet", "second");
        var filter = Hide("chatty");
        Assert.Equal([1, 5_002], Ids(await _history.BeforeAsync(long.MaxValue, filter, 10, Cancelled)));
        Assert.Equal([1, 5_002], Ids(await _history.BetweenAsync(0, long.MaxValue, filter, 10, Cancelled)));
    }

    [Fact]
    public async Task Shown_processes_are_merged_by_id_and_cut_at_the_right_end()
    {
        for (var i = 0; i < 4; i++)
        {
            _project.Append("a", "x");
            _project.Append("hidden", "x");
            _project.Append("b", "x");
        }

        var filter = Hide("hidden");
        Assert.Equal([7, 9, 10, 12], Ids(await _history.BeforeAsync(long.MaxValue, filter, 4, Cancelled)));
        Assert.Equal([1, 3, 4, 6], Ids(await _history.BetweenAsync(0, long.MaxValue, filter, 4, Cancelled)));
        Assert.Equal(["a", "b"], (await _history.BetweenAsync(0, 4, filter, 4, Cancelled)).Select(l => l.Process));
    }

    [Fact]
    public async Task Hiding_all_shows_nothing()
    {
        _project.Append("web", "x");
        Assert.Empty(await _history.BeforeAsync(long.MaxValue, Hide("web"), 10, Cancelled));
    }

    [Fact]
    public async Task A_process_that_came_later_has_its_name()
    {
        _project.Append("web", "x");
        await _history.BeforeAsync(long.MaxValue, ProcessFilter.Everything, 10, Cancelled);
        _project.Append("late", "y");
        Assert.Equal(
            ["web", "late"], (await _history.BeforeAsync(long.MaxValue, ProcessFilter.Everything, 10, Cancelled)).Select(l => l.Process));
    }

    public void Dispose() => _project.Dispose();

    private static ProcessFilter Hide(string name) => new(new HashSet<string> { name });

    private static IEnumerable<string> Numbers(int first, int count) => Enumerable.Range(first, count).Select(n => $"{n}");

    private static IEnumerable<long> Ids(IEnumerable<OutputLine> lines) => lines.Select(l => l.Id);
}
