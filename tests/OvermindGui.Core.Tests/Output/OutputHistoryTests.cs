using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Output;

public sealed class OutputHistoryTests : IDisposable
{
    private readonly TempProject _project = new TempProject().WithDatabase();
    private readonly OutputHistory _history;

    public OutputHistoryTests() => _history = new OutputHistory(_project.Client);

    [Fact]
    public void An_empty_history_has_no_last_line()
    {
        Assert.Equal(0, _history.LastId());
        Assert.Empty(_history.Before(long.MaxValue, ProcessFilter.Everything, 10));
    }

    [Fact]
    public void Lines_come_back_with_all_that_was_stored()
    {
        _project.Append("web", Rendered.Lines("\e[31mred 😀\e[m"u8.ToArray()));
        var line = Assert.Single(_history.Before(long.MaxValue, ProcessFilter.Everything, 10));
        Assert.Equal((1L, "web", 1_500L, LineSource.Terminal), (line.Id, line.Process, line.Time, line.Source));
        Assert.Equal("<span class=\"f1\">red 😀</span>", Rendered.Html(line.Content));
    }

    [Fact]
    public void A_page_before_an_id_holds_the_newest_below_it_in_order()
    {
        _project.Append("web", Numbers(1, 20));
        Assert.Equal([8, 9, 10], Ids(_history.Before(11, ProcessFilter.Everything, 3)));
        Assert.Equal([1, 2], Ids(_history.Before(3, ProcessFilter.Everything, 10)));
        Assert.Empty(_history.Before(1, ProcessFilter.Everything, 10));
    }

    [Fact]
    public void A_page_between_two_ids_excludes_both_and_holds_the_oldest()
    {
        _project.Append("web", Numbers(1, 20));
        Assert.Equal([6, 7, 8], Ids(_history.Between(5, 9, ProcessFilter.Everything, 10)));
        Assert.Equal([6, 7], Ids(_history.Between(5, 20, ProcessFilter.Everything, 2)));
        Assert.Empty(_history.Between(5, 6, ProcessFilter.Everything, 10));
    }

    [Fact]
    public void A_chatty_hidden_process_does_not_push_out_a_quiet_one()
    {
        _project.Append("quiet", "first");
        _project.Append("chatty", Numbers(1, 5_000));
        _project.Append("quiet", "second");
        var filter = Hide("chatty");
        Assert.Equal([1, 5_002], Ids(_history.Before(long.MaxValue, filter, 10)));
        Assert.Equal([1, 5_002], Ids(_history.Between(0, long.MaxValue, filter, 10)));
    }

    [Fact]
    public void Shown_processes_are_merged_by_id_and_cut_at_the_right_end()
    {
        for (var i = 0; i < 4; i++)
        {
            _project.Append("a", "x");
            _project.Append("hidden", "x");
            _project.Append("b", "x");
        }

        var filter = Hide("hidden");
        Assert.Equal([7, 9, 10, 12], Ids(_history.Before(long.MaxValue, filter, 4)));
        Assert.Equal([1, 3, 4, 6], Ids(_history.Between(0, long.MaxValue, filter, 4)));
        Assert.Equal(["a", "b"], (_history.Between(0, 4, filter, 4)).Select(l => l.Process));
    }

    [Fact]
    public void Hiding_all_shows_nothing()
    {
        _project.Append("web", "x");
        Assert.Empty(_history.Before(long.MaxValue, Hide("web"), 10));
    }

    [Fact]
    public void A_process_that_came_later_has_its_name()
    {
        _project.Append("web", "x");
        _history.Before(long.MaxValue, ProcessFilter.Everything, 10);
        _project.Append("late", "y");
        Assert.Equal(
            ["web", "late"], (_history.Before(long.MaxValue, ProcessFilter.Everything, 10)).Select(l => l.Process));
    }

    public void Dispose() => _project.Dispose();

    private static ProcessFilter Hide(string name) => new(new HashSet<string> { name });

    private static IEnumerable<string> Numbers(int first, int count) => Enumerable.Range(first, count).Select(n => $"{n}");

    private static IEnumerable<long> Ids(IEnumerable<OutputLine> lines) => lines.Select(l => l.Id);
}
