using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Output;

public sealed class OutputSearchTests : IDisposable
{
    private readonly TempProject _project = new TempProject().WithDatabase();
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData("ERR", new[] { "An error", "errand" })]
    [InlineData("ä", new[] { "Ärger" })]
    [InlineData("nothing of that kind", new string[0])]
    public void A_text_is_found_in_upper_and_lower_case(string text, string[] found)
    {
        _project.Append("web", "An error", "all is well", "errand", "Ärger");
        Assert.Equal(found, Texts(Find(Text(text))));
    }

    [Fact]
    public void Text_and_pattern_must_both_match()
    {
        _project.Append("web", "error 1", "error x", "warning 1");
        Assert.Equal(["error 1"], Texts(Find(Text("error"), pattern: "[0-9]$")));
    }

    [Fact]
    public void Pages_in_both_directions_have_every_match_once()
    {
        _project.Append("web", Enumerable.Range(1, 2_500).Select(n => $"{n}"));
        var query = Text("7");
        var all = Texts(Find(query, limit: 5_000));
        Assert.Equal(Enumerable.Range(1, 2_500).Select(n => $"{n}").Where(n => n.Contains('7', StringComparison.Ordinal)), all);

        var backwards = new List<string>();
        var page = Find(query, limit: 97);
        for (; page.HasMore; page = Find(query, before: page.FirstId!.Value, limit: 97)) backwards.InsertRange(0, Texts(page));
        backwards.InsertRange(0, Texts(page));
        Assert.Equal(all, backwards);

        var forwards = new List<string>();
        page = Find(query, after: 0, limit: 97);
        for (; page.HasMore; page = Find(query, after: page.LastId!.Value, limit: 97)) forwards.AddRange(Texts(page));
        forwards.AddRange(Texts(page));
        Assert.Equal(all, forwards);
    }

    [Fact]
    public void A_page_that_holds_exactly_the_rest_says_that_there_is_no_more()
    {
        _project.Append("web", "a", "b", "c");
        Assert.True(Find(LineFilter.Everything, limit: 2).HasMore);
        Assert.False(Find(LineFilter.Everything, limit: 3).HasMore);
        Assert.Equal(new SearchPage([], null, null, false) with { Lines = [] }, Find(LineFilter.Everything, before: 1) with { Lines = [] });
    }

    [Fact]
    public void A_long_search_is_broken_off_and_the_next_call_goes_on()
    {
        _project.Append("web", Enumerable.Range(1, 3_000).Select(n => n == 1 ? "needle" : "hay"));
        _time.AutoAdvanceAmount = OutputSearch.Patience * 0.6; // so much passes with every look
        const string Backtracking = @"^n(e)\1dle$";

        var (page, calls) = (Find(LineFilter.Everything, pattern: Backtracking), 1);
        Assert.Empty(page.Lines);
        for (; page.HasMore; calls++) page = Find(LineFilter.Everything, before: page.FirstId!.Value, pattern: Backtracking);

        Assert.Equal(["needle"], Texts(page));
        Assert.InRange(calls, 3, 10);
    }

    [Fact]
    public void A_pattern_that_runs_away_is_no_endless_search()
    {
        _project.Append("web", new string('a', 60) + "b");
        Assert.Throws<RegexMatchTimeoutException>(() => Find(LineFilter.Everything, pattern: @"^(a+)+\1$"));
    }

    [Fact]
    public void Long_lines_make_short_pages()
    {
        _project.Append("web", Enumerable.Repeat(new string('x', 64 * 1024), 100));
        var page = Find(LineFilter.Everything);
        Assert.InRange(page.Lines.Count, 60, 70);
        Assert.True(page.HasMore);
    }

    public void Dispose() => _project.Dispose();

    private static LineFilter Text(string text) => LineFilter.Everything.With(text);

    private static TextMatch Expression(string text) => new(text) { IsRegex = true, MatchCase = true, AllowsBacktracking = true };

    private SearchPage Find(LineFilter filter, long? after = null, long before = long.MaxValue, int limit = 1_000, string? pattern = null) =>
        new OutputSearch(_project.Client, pattern is null ? filter : filter.With(Expression(pattern)), _time).Find(
            after ?? 0, before, newestFirst: after is null, limit, TestContext.Current.CancellationToken);

    private static string[] Texts(SearchPage page) => [.. page.Lines.Select(l => l.Content.Text)];
}
