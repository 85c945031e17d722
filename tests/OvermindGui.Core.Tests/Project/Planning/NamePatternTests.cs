using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Tests.Project.Planning;

public class NamePatternTests
{
    private static readonly string[] Names = ["web#1", "web#2", "webpack", "worker", "a-b"];

    [Theory]
    [InlineData("web", "web#1 web#2")]
    [InlineData("web#2", "web#2")]
    [InlineData("web*", "web#1 web#2 webpack")]
    [InlineData("w*r", "worker")]
    [InlineData("*", "web#1 web#2 webpack worker a-b")]
    [InlineData("*#1", "web#1")]
    [InlineData("worker web", "web#1 web#2 worker")]
    [InlineData("", "web#1 web#2 webpack worker a-b")]
    public void A_pattern_means_names_and_entries(string patterns, string expected)
    {
        var (matching, unknown) = NamePattern.Select(patterns.Split(' ', StringSplitOptions.RemoveEmptyEntries), Names);
        Assert.Equal(expected, string.Join(' ', matching));
        Assert.Empty(unknown);
    }

    [Fact]
    public void Patterns_that_match_no_process_are_reported()
    {
        var (matching, unknown) = NamePattern.Select(["", "we", "web#3", "a.b", "(", "worke?", "worker", "\\worker", "x*"], Names);
        Assert.Equal(["worker"], matching);
        Assert.Equal(["", "we", "web#3", "a.b", "(", "worke?", "\\worker", "x*"], unknown);
    }

    [Fact]
    public void A_hostile_pattern_is_answered_at_once() =>
        Assert.False(new NamePattern(string.Concat(Enumerable.Repeat("*a", 1_000))).Matches(new string('a', 900)));
}
