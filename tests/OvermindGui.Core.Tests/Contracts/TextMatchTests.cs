using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Tests.Contracts;

/// <summary>A look at many lines at once never misses what a look at each finds.</summary>
public class TextMatchTests
{
    [Theory]
    [InlineData("^web")]
    [InlineData("up$")]
    [InlineData("^web is up$")]
    [InlineData(@"\Aweb")]
    [InlineData(@"up\z")]
    [InlineData(@"up\Z")]
    [InlineData(@"\bis\b")]
    [InlineData(@"\bup\b")]
    [InlineData(@"\Beb")]
    [InlineData("(?i)WEB")]
    [InlineData("(?-m)^web is up$")]
    [InlineData("(?m:^)web")]
    [InlineData("w.b")]
    [InlineData(@"web\s+is[^x]+$")]
    [InlineData("^.{9}$")]
    [InlineData("^(web|api) is (up|down)$")]
    public void An_expression_that_a_line_contains_is_found_in_many_lines(string expression)
    {
        var match = new TextMatch(expression) { IsRegex = true };
        Assert.True(match.IsIn("web is up"));

        Assert.All(
            (string[])["web is up\nother\n\nlines", "other\nweb is up\nlines", "other\n\nweb is up"],
            lines => Assert.True(match.MayBeInAnyOf(lines)));
    }

    [Theory]
    [InlineData("[A-Z]{3}")]
    [InlineData("^is")]
    [InlineData("web$")]
    [InlineData(@"\bwe\b")]
    public void Lines_without_a_match_are_left_out_at_once(string expression) =>
        Assert.False(new TextMatch(expression) { IsRegex = true, MatchCase = true }.MayBeInAnyOf("web is up\napi is down\n"));

    [Fact]
    public void Whole_words_are_found_at_both_ends_of_a_line()
    {
        var match = new TextMatch("web|up") { IsRegex = true, WholeWord = true };

        Assert.True(match.MayBeInAnyOf("a\nweb\nb"));
        Assert.True(match.MayBeInAnyOf("a\nis up\nb"));
        Assert.False(match.MayBeInAnyOf("a\nwebs\nups\nb"));
    }
}
