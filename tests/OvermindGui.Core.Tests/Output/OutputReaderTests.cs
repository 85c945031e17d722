using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Output;

public sealed class OutputReaderTests : IDisposable
{
    private const long Hour = 3_600_000;

    private readonly TempProject _project = new TempProject().WithDatabase();

    [Fact]
    public void Without_a_count_all_lines_come_in_order_over_many_pages()
    {
        _project.Append("web", Numbers(3_500));
        Assert.Equal(Enumerable.Range(1, 3_500).Select(n => (long)n), Ids(LineFilter.Everything, null));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_500)]
    [InlineData(3_000)]
    [InlineData(9_999)]
    public void A_count_gives_the_newest_lines(int count)
    {
        _project.Append("web", Numbers(3_000));
        Assert.Equal(Enumerable.Range(1, 3_000).Select(n => (long)n).TakeLast(count), Ids(LineFilter.Everything, count));
    }

    [Fact]
    public void Named_processes_come_merged_by_id_however_their_lines_lie()
    {
        for (var i = 0; i < 700; i++)
        {
            _project.Append("a", "x", "x");
            _project.Append("other", "x");
            _project.Append("b", "x");
        }

        var wanted = Enumerable.Range(1, 2_800).Where(id => id % 4 != 3).Select(id => (long)id).ToList();
        var query = new LineFilter(ProcessFilter.Only("a", "b"));
        Assert.Equal(wanted, Ids(query, null));
        Assert.Equal(wanted.TakeLast(5), Ids(query, 5));
        Assert.Equal(wanted.TakeLast(1_999), Ids(query, 1_999));
    }

    [Fact]
    public void A_name_that_is_not_known_has_no_lines()
    {
        _project.Append("web", "x");
        Assert.Empty(Ids(new LineFilter(ProcessFilter.Only("nope")), null));
    }

    [Fact]
    public void A_pattern_counts_only_what_matches()
    {
        _project.Append("web", Numbers(3_000));
        var query = LineFilter.Everything.With(Expression("^[0-9]*00$"));
        Assert.Equal([2_800, 2_900, 3_000], Ids(query, 3));
        Assert.Equal(30, Ids(query, null).Count());
        Assert.Equal(30, Ids(query, 31).Count());
    }

    [Fact]
    public void Since_a_time_begins_with_its_first_line()
    {
        _project.Append("web", Numbers(1_000));
        _project.Execute("UPDATE lines SET time = id * $1", Hour);
        Assert.Equal([998, 999, 1_000], Ids((LineFilter.Everything with { Since = 998 * Hour }), null));
        Assert.Equal([1_000], Ids((LineFilter.Everything with { Since = 998 * Hour }), 1));
        Assert.Equal([999, 1_000], Ids((LineFilter.Everything with { Since = 998 * Hour + 1 }), 500));
        Assert.Equal(1_000, Ids((LineFilter.Everything with { Since = 0 }), null).Count());
        Assert.Empty(Ids((LineFilter.Everything with { Since = 1_000 * Hour + 1 }), null));
    }

    [Fact]
    public void Since_a_time_holds_across_gaps_and_lines_that_were_stored_late()
    {
        _project.Append("web", Numbers(1_000));
        _project.Execute("UPDATE lines SET time = id * 1000");
        _project.Execute("DELETE FROM lines WHERE id BETWEEN 300 AND 900");
        _project.Execute("UPDATE lines SET time = 950500 WHERE id = 940");
        _project.Execute("UPDATE lines SET time = 940500 WHERE id = 955");
        Assert.Equal([940, 950, 951, 952, 953, 954, 956], Ids((LineFilter.Everything with { Since = 950_000 }), null).Take(7));
    }

    [Fact]
    public void All_conditions_hold_at_once()
    {
        _project.Append("a", "apple", "pear");
        _project.Append("b", "apple");
        _project.Execute("UPDATE lines SET time = id * $1", Hour);
        _project.Append("a", "apple pie");
        var query = (new LineFilter(ProcessFilter.Only("a")) { Since = 1_000 }).With(Expression("apple"));
        Assert.Equal([1, 4], Ids(query, null));
        Assert.Equal([4], Ids(query, 1));
    }

    [Fact]
    public void Nothing_is_stored_in_an_empty_history() => Assert.Empty(Ids(LineFilter.Everything, 10));

    [Fact]
    public void A_line_knows_its_run()
    {
        _project.Append("web", "x", "y");
        _project.Execute("UPDATE lines SET run_id = 7 WHERE id = 2");
        Assert.Equal([null, 7], new OutputReader(_project.Client, LineFilter.Everything).Read(0, 2).Select(l => l.Run));
    }

    [Fact]
    public void Until_a_time_ends_with_its_last_line()
    {
        _project.Append("web", Numbers(1_000));
        _project.Execute("UPDATE lines SET time = id * $1", Hour);
        Assert.Equal([1, 2, 3], Ids(LineFilter.Everything with { Until = 3 * Hour }, null));
        Assert.Equal([2, 3], Ids(LineFilter.Everything with { Since = 2 * Hour, Until = 3 * Hour + 1 }, null));
        Assert.Equal([3], Ids(LineFilter.Everything with { Until = 3 * Hour }, 1));
    }

    [Fact]
    public void A_run_has_its_own_lines()
    {
        _project.Append("web", Numbers(6));
        _project.Execute("UPDATE lines SET run_id = 7 WHERE id IN (2, 5)");
        Assert.Equal([2, 5], Ids(LineFilter.Everything with { Run = 7 }, null));
        Assert.Empty(Ids(LineFilter.Everything with { Run = 8 }, null));
    }

    [Theory]
    [InlineData(1, 1, "2 3 4 | 8 9 10 11 | 14 15")]
    [InlineData(0, 2, "3 4 5 | 9 10 11 12 | 15")]
    [InlineData(3, 0, "1 2 3 | 6 7 8 9 10 | 12 13 14 15")]
    [InlineData(9, 9, "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15")]
    [InlineData(0, 0, "3 9 10 15")]
    public void Lines_around_matches_come_once_and_in_groups(int before, int after, string expected)
    {
        _project.Append("web", Enumerable.Range(1, 15).Select(n => n is 3 or 9 or 10 or 15 ? "hit" : "other"));
        var reader = new OutputReader(_project.Client, LineFilter.Everything.With("hit"));
        Assert.Equal(expected, string.Join(' ', reader.ReadWithContext(0, 15, before, after).Select(line => line is null ? "|" : $"{line.Id}")));
    }

    public void Dispose() => _project.Dispose();

    private static TextMatch Expression(string text) => new(text) { IsRegex = true, MatchCase = true };

    private IEnumerable<long> Ids(LineFilter query, long? count)
    {
        var reader = new OutputReader(_project.Client, query);
        var last = new OutputHistory(_project.Client).LastId();
        return reader.Read(reader.PlaceOfNewest(count, last), last).Select(line => line.Id);
    }

    private static IEnumerable<string> Numbers(int count) => Enumerable.Range(1, count).Select(n => $"{n}");
}
