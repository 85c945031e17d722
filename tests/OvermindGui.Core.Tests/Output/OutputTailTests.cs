using OvermindGui.Core.Output;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Output;

public sealed class OutputTailTests : IDisposable
{
    private readonly TempProject _project = new TempProject().WithDatabase();

    [Fact]
    public void Each_read_gives_what_came_since_the_last()
    {
        var tail = Begin();
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
        var tail = Begin();
        _project.Append("web", Enumerable.Range(1, 100).Select(n => $"{n}"));
        var batch = tail.Read(3);
        Assert.Equal(97, batch.Skipped);
        Assert.Equal(["98", "99", "100"], Texts(batch));
        Assert.Equal(100, tail.Cursor);
    }

    [Fact]
    public void A_flood_leaves_out_its_own_lines_and_none_of_the_others()
    {
        var tail = Begin();
        _project.Append("quiet", "one");
        _project.Append("flood", Enumerable.Range(1, 100).Select(n => $"{n}"));
        _project.Append("quiet", "two");
        _project.Append("flood", "101");
        var batch = tail.Read(10);
        Assert.Equal(93, batch.Skipped);
        Assert.Equal(["one", .. Enumerable.Range(94, 7).Select(n => $"{n}"), "two", "101"], Texts(batch));
        Assert.True(tail.Read(10).IsEmpty);
    }

    [Fact]
    public void As_many_as_the_limit_are_not_skipped()
    {
        var tail = Begin();
        _project.Append("web", "a", "b", "c");
        var batch = tail.Read(3);
        Assert.Equal(0, batch.Skipped);
        Assert.Equal(3, batch.Lines.Count);
    }

    [Fact]
    public void It_begins_with_the_newest_lines_and_goes_on_after_them()
    {
        _project.Append("web", "a", "b", "c");
        var (tail, lines) = OutputTail.Begin(_project.Client, 2);
        Assert.Equal(["b", "c"], lines.Select(l => l.Content.Text));
        _project.Append("web", "d");
        Assert.Equal(["d"], Texts(tail.Read(10)));
    }

    [Fact]
    public void A_line_that_changed_comes_again_once_as_it_is_now()
    {
        _project.Append("web", "10 %", "other");
        var tail = Begin();
        _project.Amend(1, "20 %");
        _project.Amend(1, "30 %");
        var batch = tail.Read(10);
        Assert.Empty(batch.Lines);
        Assert.Equal([(1L, "30 %")], batch.Amended.Select(l => (l.Id, l.Content.Text)));
        Assert.False(batch.MissedAmendments);
        Assert.True(tail.Read(10).IsEmpty);
    }

    [Fact]
    public void A_line_that_changed_before_it_was_read_comes_once()
    {
        var tail = Begin();
        _project.Append("web", "10 %");
        _project.Amend(1, "20 %");
        var batch = tail.Read(10);
        Assert.Equal(["20 %"], Texts(batch));
        Assert.Empty(batch.Amended);
        Assert.True(tail.Read(10).IsEmpty);
    }

    [Fact]
    public void It_says_when_changes_were_removed_before_it_saw_them()
    {
        _project.Append("web", "a", "b");
        var tail = Begin();
        _project.Amend(1, "A");
        _project.Amend(2, "B");
        _project.Execute("DELETE FROM amendments WHERE id = 1");
        var batch = tail.Read(10);
        Assert.True(batch.MissedAmendments);
        Assert.Equal(["B"], batch.Amended.Select(l => l.Content.Text));
        Assert.True(tail.Read(10).IsEmpty);
    }

    [Fact]
    public void More_changes_than_a_thousand_count_as_missed()
    {
        const int Most = 1_000;
        _project.Append("web", [.. Enumerable.Range(0, Most + 1).Select(n => $"{n}")]);
        var tail = Begin();
        for (var id = 1; id <= Most + 1; id++) _project.Amend(id, "x");
        Assert.True(tail.Read(2).MissedAmendments);
    }

    public void Dispose() => _project.Dispose();

    private OutputTail Begin() => OutputTail.Begin(_project.Client, 10).Tail;

    private static IEnumerable<string> Texts(TailBatch batch) => batch.Lines.Select(l => l.Content.Text);
}
