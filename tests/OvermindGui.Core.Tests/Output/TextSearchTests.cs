using CsCheck;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Output;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Output;

public sealed class TextSearchTests : IDisposable
{
    private readonly TempProject _project = new TempProject().WithDatabase();

    [Theory]
    [InlineData("error", "an ERROR here", true)]
    [InlineData("ERROR", "an error here", true)]
    [InlineData("error", "an err or here", false)]
    [InlineData("100%", "100% done", true)]
    [InlineData("100%", "1000 done", false)]
    [InlineData("a_b", "A_B", true)]
    [InlineData("a_b", "axb", false)]
    [InlineData("""C:\temp""", """in c:\TEMP\x""", true)]
    [InlineData("""\%""", "%", false)]
    [InlineData("É", "café", true)]
    [InlineData("straße", "STRASSE", false)] // a hit is as long as what was asked for
    [InlineData("ΟΔΌΣ", "οδόσ", true)]
    [InlineData("k", "\u212A", false)] // the sign of Kelvin
    [InlineData("😀", "ok 😀", true)]
    [InlineData("'; DROP TABLE lines; --", "'; drop table lines; --", true)]
    public void The_database_finds_what_the_program_finds(string text, string line, bool found)
    {
        _project.Append("web", line);
        Assert.Equal(found, new TextMatch(text).IsIn(line));
        Assert.Equal(found ? [1] : [], Search().IdsBefore(long.MaxValue, Holding(text), 10).Found);
    }

    [Fact]
    public void It_finds_the_same_lines_as_looking_at_each_one_from_both_sides()
    {
        var words = Gen.OneOf("a", "B", "ab", "é", "%", "_", " ", "\\", "x");
        var lines = Gen.Select(Gen.OneOf("web", "api", "db"), words.Array[0, 6].Select(string.Concat));
        Gen.Select(lines.Array[1, 40], words.Array[1, 2].Select(string.Concat), Gen.OneOf("", "web", "api,db"), Gen.Int[1, 5], Gen.Int[0, 42])
            .Sample((stored, text, hidden, limit, from) =>
            {
                using var project = new TempProject().WithDatabase();
                foreach (var (process, line) in stored) project.Append(process, line);
                var filter = Holding(text) with { Processes = new ProcessFilter(hidden.Split(',').ToHashSet()) };
                var all = stored.Select((l, i) => (Id: i + 1L, Line: l))
                    .Where(l => filter.Processes.Shows(l.Line.Item1) && filter.Texts[0].IsIn(l.Line.Item2)).Select(l => l.Id).ToList();
                var search = new TextSearch(project.Client);
                Assert.Equal(all.Where(id => id < from), Back(search, filter, from, limit));
                Assert.Equal(all.Where(id => id > from), Ahead(search, filter, from, limit));
            }, iter: 30, threads: 1);
    }

    [Theory]
    [InlineData("time.ut", true, false, false, "1,2")]
    [InlineData("^Timeout", true, true, false, "2")]
    [InlineData("time", false, false, true, "3")]
    [InlineData("Timeout", false, true, false, "2")]
    public void A_text_can_be_an_expression_a_word_or_meant_in_its_case(string text, bool regex, bool matchCase, bool wholeWord, string found)
    {
        _project.Append("web", "a timeout", "Timeout", "the time is up", "x");
        var match = new TextMatch(text) { IsRegex = regex, MatchCase = matchCase, WholeWord = wholeWord };
        var ids = found.Split(',').Select(long.Parse).ToList();
        Assert.Equal(ids, Search().IdsBefore(long.MaxValue, LineFilter.Everything.With(match), 10).Found);
        Assert.Equal(
            new long[] { 1, 2, 3, 4 }.Except(ids), Search().IdsBefore(long.MaxValue, LineFilter.Everything.With(match with { Excludes = true }), 10).Found);
    }

    [Theory]
    [InlineData("(", false)]
    [InlineData("(?=a)", false)]
    [InlineData("a|b", true)]
    public void An_expression_that_cannot_be_used_says_why(string expression, bool usable) =>
        Assert.Equal(usable, new TextMatch(expression) { IsRegex = true }.Problem is null);

    [Fact]
    public void Lines_can_be_asked_for_by_their_levels()
    {
        _project.Append("web", "one", "two", "three");
        _project.Execute("UPDATE lines SET level = id + 1 WHERE id < 3");
        var errors = new LineFilter(ProcessFilter.Everything) { Levels = LevelSet.Only(LineLevel.Warn) };
        Assert.Equal([2], Search().IdsBefore(long.MaxValue, errors, 10).Found);
        Assert.Equal([2, 3], Search().IdsBefore(long.MaxValue, errors with { Levels = LevelSet.Parse("warning,none") }, 10).Found);
        Assert.Equal([2], Search().IdsBefore(long.MaxValue, errors.With("o"), 10).Found);
    }

    [Fact]
    public void All_texts_must_be_in_a_line()
    {
        _project.Append("web", "timeout of api", "timeout", "api", "API has a Timeout");
        Assert.Equal([1, 4], Search().IdsBefore(long.MaxValue, Holding("timeout").With("api"), 10).Found);
    }

    [Fact]
    public void Without_a_text_all_lines_of_the_shown_processes_match()
    {
        _project.Append("web", "one", "two");
        _project.Append("api", "three");
        var page = Search().Before(long.MaxValue, new LineFilter(ProcessFilter.Only("web")), 10);
        Assert.Equal(["one", "two"], page.Found.Select(l => l.Content.Text));
        Assert.True(page.IsEnd);
        Assert.False(Search().After(0, LineFilter.Everything, 2).IsEnd);
    }

    [Fact]
    public void A_look_ends_after_a_stretch_and_says_where_so_that_no_one_waits_for_it()
    {
        const int Stretch = 1_000;
        Fill(Stretch * 2 + 10);
        _project.Execute("UPDATE lines SET text = 'needle' WHERE id = 5");
        var search = new TextSearch(_project.Client, Stretch);

        var page = search.Before(long.MaxValue, Holding("needle"), 10);
        Assert.Empty(page.Found);
        Assert.Equal((Stretch + 11L, false), (page.Reached, page.IsEnd));
        page = search.Before(page.Reached, Holding("needle"), 10);
        Assert.Equal((11L, false), (page.Reached, page.IsEnd));
        page = search.Before(page.Reached, Holding("needle"), 10);
        Assert.Equal([5], page.Found.Select(l => l.Id));
        Assert.True(page.IsEnd);
    }

    [Fact]
    public void What_was_cleared_at_the_beginning_costs_no_look()
    {
        Fill(TextSearch.Stretch * 2);
        _project.Execute("DELETE FROM lines WHERE id <= $1", TextSearch.Stretch * 2 - 3);
        var page = Search().Before(long.MaxValue, Holding("flood"), 10);
        Assert.Equal(3, page.Found.Count);
        Assert.True(page.IsEnd);
        Assert.Equal(3, Search().After(0, Holding("flood"), 10).Found.Count);
    }

    [Theory]
    [InlineData("", "5,6")]
    [InlineData("web", "5")]
    [InlineData("api", "6")]
    public void What_was_cleared_is_not_found_though_it_is_still_stored(string hidden, string found)
    {
        _project.Append("web", "hit");
        _project.Append("api", "hit", "hit");
        _project.Append("web", "hit");
        new OutputClearing(_project.Client, TimeProvider.System).Clear(null);
        _project.Append("api", "hit");
        _project.Append("web", "hit");

        var filter = Holding("hit") with { Processes = new ProcessFilter(new HashSet<string> { hidden }) };
        Assert.Equal(found, string.Join(',', Search().IdsBefore(long.MaxValue, filter, 10).Found));
        Assert.Equal(found, string.Join(',', Search().IdsAfter(0, filter, 10).Found));
        Assert.Equal(found, string.Join(',', new OutputHistory(_project.Client).MatchesAmong([1, 2, 3, 4, 5, 6], filter).Select(l => l.Id)));
    }

    [Fact]
    public void In_an_empty_history_is_nothing_and_it_ends_at_once()
    {
        Assert.True(Search().Before(long.MaxValue, Holding("x"), 10) is { Found: [], IsEnd: true });
        Assert.True(Search().After(0, Holding("x"), 10) is { Found: [], IsEnd: true });
    }

    [Theory]
    [InlineData(1_000_000)] // nearly all lines are shown: they are read in passing
    [InlineData(1)] // few are: the index finds them
    public void Either_way_of_looking_for_the_lines_of_a_process_finds_the_same(long lineCount)
    {
        for (var i = 0; i < 20; i++)
        {
            _project.Append("web", $"hit {i}", "nothing");
            _project.Append("api", $"hit {i}");
        }

        _project.Execute("UPDATE processes SET line_count = CASE name WHEN 'web' THEN $1 ELSE 1000 END", lineCount);
        var filter = Holding("hit") with { Processes = ProcessFilter.Only("web") };
        Assert.Equal(Enumerable.Range(0, 20).Select(i => 3L * i + 1), Search().IdsBefore(long.MaxValue, filter, 100).Found);
    }

    [Fact]
    public void Of_some_lines_those_that_match_are_reported()
    {
        _project.Append("web", "hit", "nothing", "a hit", "hit");
        var history = new OutputHistory(_project.Client);
        Assert.Equal([1, 3], history.MatchesAmong([3, 2, 1, 99], Holding("hit")).Select(l => l.Id));
        Assert.Empty(history.MatchesAmong([], Holding("hit")));
    }

    public void Dispose() => _project.Dispose();

    private static LineFilter Holding(string text) => LineFilter.Everything.With(text);

    private static List<long> Back(TextSearch search, LineFilter filter, long from, int limit)
    {
        var found = new List<long>();
        TextPage<long> page;
        do
        {
            page = search.IdsBefore(from, filter, limit);
            Assert.Equal(page.Found, search.Before(from, filter, limit).Found.Select(l => l.Id));
            found.InsertRange(0, page.Found);
            from = page.Reached;
        }
        while (!page.IsEnd);
        return found;
    }

    private static List<long> Ahead(TextSearch search, LineFilter filter, long from, int limit)
    {
        var found = new List<long>();
        TextPage<long> page;
        do
        {
            page = search.IdsAfter(from, filter, limit);
            Assert.Equal(page.Found, search.After(from, filter, limit).Found.Select(l => l.Id));
            found.AddRange(page.Found);
            from = page.Reached;
        }
        while (!page.IsEnd);
        return found;
    }

    private void Fill(int count)
    {
        _project.Append("web", "flood");
        _project.Execute(
            """
            INSERT INTO lines(process_id, time, stream, text)
            WITH RECURSIVE numbers(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < $1)
            SELECT 1, 1700000000000, 2, 'flood ' || n FROM numbers
            """,
            count);
    }

    private TextSearch Search() => new(_project.Client);
}
