using Microsoft.Extensions.Time.Testing;
using OvermindGui.Core.Output;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Output;

public sealed class OutputClearingTests : IDisposable
{
    private readonly TempProject _project = new TempProject().WithDatabase();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddDays(20_000));
    private readonly OutputClearing _clearing;

    public OutputClearingTests()
    {
        _clearing = new OutputClearing(_project.Client, _time);
        _project.Append("web", "w1", "w2");
        _project.Append("api", "a3");
    }

    [Fact]
    public void What_is_cleared_is_gone_for_every_reader_and_what_comes_later_is_there()
    {
        var outcome = _clearing.Clear(null);
        Assert.Equal((3, _time.GetUtcNow().AddSeconds(30)), (outcome.LastId, outcome.UndoUntil));
        _project.Append("api", "a4");

        AssertRead("a4");
        Assert.Equal([("api", 1L), ("web", 0L)], Counts());
    }

    [Fact]
    public void Clearing_one_process_leaves_the_others()
    {
        _clearing.Clear("web");
        _project.Append("web", "w4");
        AssertRead("a3", "w4");
        Assert.Equal([("api", 1L), ("web", 1L)], Counts());
    }

    [Fact]
    public void A_clearing_can_be_undone_until_its_time_is_over()
    {
        _clearing.Clear(null);
        _project.Append("web", "w4");
        _time.Advance(OutputClearing.UndoTime);
        Assert.Equal(["api", "web"], _clearing.Undo()!.Order());
        AssertRead("w1", "w2", "a3", "w4");
        Assert.Equal([("api", 1L), ("web", 3L)], Counts());

        _clearing.Clear(null);
        _time.Advance(OutputClearing.UndoTime + TimeSpan.FromMilliseconds(1));
        Assert.Null(_clearing.Undo());
        AssertRead();
    }

    [Fact]
    public void Clearings_are_undone_one_by_one_the_last_one_first()
    {
        _clearing.Clear("web");
        _project.Append("web", "w4");
        _clearing.Clear(null);
        AssertRead();

        Assert.Equal(["api", "web"], _clearing.Undo()!.Order());
        AssertRead("a3", "w4");
        Assert.Equal(["web"], _clearing.Undo());
        AssertRead("w1", "w2", "a3", "w4");
        Assert.Null(_clearing.Undo());
        Assert.Equal([("api", 1L), ("web", 3L)], Counts());
    }

    [Fact]
    public void Where_nothing_is_to_clear_nothing_is_to_undo()
    {
        _clearing.Clear("web");
        Assert.Null(_clearing.Clear("web").UndoUntil);
        Assert.Null(_clearing.Clear("nobody").UndoUntil);
        Assert.Equal(["web"], _clearing.Undo());
        Assert.Null(_clearing.Undo());
    }

    [Fact]
    public void An_id_that_was_given_is_never_above_the_newest_even_when_the_lines_are_deleted()
    {
        _clearing.Clear(null);
        _project.Execute("DELETE FROM lines");
        Assert.Equal(3, new OutputHistory(_project.Client).LastId());
        Assert.Equal(3, _clearing.Clear(null).LastId);
    }

    [Fact]
    public void A_tail_says_that_output_was_cleared_and_that_it_came_back()
    {
        var (tail, _) = OutputTail.Begin(_project.Client, 10);
        _clearing.Clear("api");
        Assert.True(tail.Read(10).ClearedAnew);
        Assert.True(tail.Read(10).IsEmpty);
        _clearing.Undo();
        Assert.True(tail.Read(10).ClearedAnew);
        Assert.True(tail.Read(10).IsEmpty);
    }

    [Fact]
    public void A_tail_that_begins_when_all_is_cleared_goes_on_with_what_comes()
    {
        _clearing.Clear(null);
        var (tail, lines) = OutputTail.Begin(_project.Client, 10);
        Assert.Empty(lines);
        _project.Append("web", "w4");
        Assert.Equal(["w4"], tail.Read(10).Lines.Select(l => l.Content.Text));
    }

    [Fact]
    public void A_cleared_line_that_changes_stays_cleared()
    {
        _clearing.Clear("web");
        _project.Amend(2, "changed");
        _project.Amend(3, "changed too");
        Assert.Equal(["changed too"], new OutputHistory(_project.Client).AmendedAfter(0, 10, 10).Lines.Select(l => l.Content.Text));
    }

    [Fact]
    public void A_database_that_no_newer_daemon_has_brought_up_to_date_is_read_all_the_same()
    {
        _project.Execute("DROP VIEW output_lines");
        foreach (var column in (string[])["cleared_id", "selected"]) _project.Execute($"ALTER TABLE processes DROP COLUMN {column}");
        Assert.Equal(["w1", "w2", "a3"], Before(ProcessFilter.Everything));
    }

    public void Dispose() => _project.Dispose();

    // Every way in which lines are read.
    private void AssertRead(params string[] texts)
    {
        var history = new OutputHistory(_project.Client);
        Assert.Equal(texts, Before(ProcessFilter.Everything));
        Assert.Equal(texts, Before(ProcessFilter.Only("web", "api")));
        Assert.Equal(texts, Texts(history.Between(0, long.MaxValue, ProcessFilter.Everything, 10)));
        Assert.Equal(texts, Texts(history.After(0, 10).Lines));
        Assert.Equal(texts, Texts(OutputTail.Begin(_project.Client, 10).Lines));
        var reader = new OutputReader(_project.Client, LineFilter.Everything);
        foreach (var count in (long?[])[null, 10, texts.Length])
            Assert.Equal(texts, Texts(reader.Read(reader.PlaceOfNewest(count, history.LastId()), history.LastId())));
        Assert.Equal(texts, _project.Query("SELECT text FROM output_lines ORDER BY id", r => r.GetString(0)));
    }

    private string[] Before(ProcessFilter filter) => Texts(new OutputHistory(_project.Client).Before(long.MaxValue, filter, 10));

    private static string[] Texts(IEnumerable<OutputLine> lines) => [.. lines.Select(l => l.Content.Text)];

    private List<(string, long)> Counts() =>
        _project.Query("SELECT name, line_count FROM processes ORDER BY name", r => (r.GetString(0), r.GetInt64(1)));
}
