using OvermindGui.Core.Failures;
using OvermindGui.Web.Components.Failures;

namespace OvermindGui.Web.Tests.Components.Failures;

public sealed class PatternProposalTests
{
    [Theory]
    [InlineData("FATAL: no connection", "FATAL: no connection")]
    [InlineData("2026-11-27 10:41:03.014 ERROR payment declined order=8123 attempt=3", "ERROR payment declined")]
    [InlineData("[2026-11-27T10:41:03.014Z] ERROR payment declined", "ERROR payment declined")]
    [InlineData("10:41:03 panic: runtime error: index out of range [5] with length 3", "panic: runtime error: index out of range")]
    [InlineData("10:41:03 [E] worker lost its lease id=4711", "worker lost its lease")]
    [InlineData("connection refused: 10.0.0.14:5432", "connection refused")]
    [InlineData("request 3f2504e0-4f89-11d3-9a0c-0305e82c3301 failed after 5021 ms", "failed after")]
    [InlineData("""{"level":50,"time":1700000000123,"msg":"cannot reach upstream","trace_id":"4bf92f3577b34da6"}""", "cannot reach upstream")]
    [InlineData("""{"level":"error","err":{"message":"ECONNREFUSED 10.0.0.14:5432","stack":"…"}}""", "ECONNREFUSED")]
    [InlineData("{ not json 12 but like it }", "but like it")]
    [InlineData("12 34 56", "12 34 56")]
    public void What_differs_each_time_is_left_out(string line, string pattern)
    {
        Assert.Equal(pattern, PatternProposal.Of(line));
        Assert.Contains(pattern, line, StringComparison.Ordinal); // or it would not match the line that it came from
    }

    [Fact]
    public void A_match_is_shown_with_what_stands_around_it()
    {
        var line = new string('x', 300) + " boom " + new string('y', 300);
        var shown = MatchedText.Of(line, new FailureDeclaration("BOOM"));
        Assert.Equal("boom", shown.Match);
        Assert.StartsWith("…", shown.Before, StringComparison.Ordinal);
        Assert.InRange(shown.Before.Length, 10, 60);

        Assert.Equal(("at ", "line 5", " now"), Parts(MatchedText.Of("at line 5 now", new FailureDeclaration("line [0-9]", IsRegex: true))));
        Assert.Equal(("nothing", "", ""), Parts(MatchedText.Of("nothing", new FailureDeclaration("other"))));

        static (string, string, string) Parts(MatchedText text) => (text.Before, text.Match, text.After);
    }
}
