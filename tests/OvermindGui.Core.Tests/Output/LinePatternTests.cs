using System.Text.RegularExpressions;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Tests.Output;

public class LinePatternTests
{
    [Theory]
    [InlineData("err(or)?$", "an error", true)]
    [InlineData("err(or)?$", "an Error", false)]
    [InlineData("(?i)ERROR", "an error", true)]
    [InlineData("(?<!no )error", "no error", false)]
    [InlineData(@"(\w)\1", "letter", true)]
    public void It_matches_as_net_does(string expression, string text, bool matches) =>
        Assert.Equal(matches, LinePattern.TryParse(expression, out _)!.Matches(text));

    [Theory]
    [InlineData("(", "Not enough )'s")]
    [InlineData("[z-a]", "range in reverse order")]
    public void What_does_not_compile_is_refused_with_the_reason(string expression, string reason)
    {
        Assert.Null(LinePattern.TryParse(expression, out var problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Nested_repetitions_take_linear_time() =>
        Assert.False(LinePattern.TryParse("^(a+)+$", out _)!.Matches(new string('a', 60_000) + "b"));

    [Fact]
    public void What_cannot_be_linear_is_broken_off() =>
        Assert.Throws<RegexMatchTimeoutException>(() => LinePattern.TryParse(@"^(a+)+\1$", out _)!.Matches(new string('a', 60) + "b"));
}
