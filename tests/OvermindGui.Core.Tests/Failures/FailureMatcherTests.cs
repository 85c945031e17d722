using OvermindGui.Core.Failures;

namespace OvermindGui.Core.Tests.Failures;

public class FailureMatcherTests
{
    private readonly List<FailureDeclaration> _runaways = [];

    [Theory]
    [InlineData("error", "An ERROR occurred")]
    [InlineData("ERROR: é", "error: É")]
    [InlineData("a+b", "x A+B y")]
    public void A_text_matches_as_part_of_a_line_whatever_its_case(string pattern, string line)
    {
        var matcher = Matcher(TimeProvider.System, new("never"), new(pattern));

        Assert.Equal(pattern, matcher.FirstMatch(line)?.Pattern);
        Assert.Null(matcher.FirstMatch("err or a b"));
    }

    [Theory]
    [InlineData("^panic: .*bad", "PANIC: too bad", true)]
    [InlineData("^panic: .*bad", "no panic: too bad", false)]
    [InlineData("(?<!0 )errors", "3 Errors", true)]
    [InlineData("(?<!0 )errors", "0 Errors", false)]
    [InlineData("(?-i)Error", "error", false)]
    public void An_expression_matches_whatever_the_case_unless_it_says_otherwise(string expression, string line, bool matches) =>
        Assert.Equal(matches, Matcher(TimeProvider.System, new FailureDeclaration(expression, IsRegex: true)).FirstMatch(line) is not null);

    [Fact]
    public void The_first_declaration_that_matches_wins_wherever_in_the_line()
    {
        var matcher = Matcher(TimeProvider.System, new("zebra"), new("ze.*a", IsRegex: true), new("apple"));

        Assert.Equal("zebra", matcher.FirstMatch("apple zebra")?.Pattern);
        Assert.Equal("ze.*a", matcher.FirstMatch("apple zera")?.Pattern);
        Assert.Equal("apple", matcher.FirstMatch("apple")?.Pattern);
        Assert.Equal("apple", matcher.FirstMatch("apple zebra", except: d => d.Pattern != "apple")?.Pattern);
        Assert.Null(matcher.FirstMatch("pear"));
    }

    [Fact(Timeout = 30_000)]
    public void An_expression_that_runs_away_is_reported_once_and_matches_no_more()
    {
        var matcher = Matcher(TimeProvider.System, new(@"^(a+)+\1$", IsRegex: true), new("b"));
        var line = new string('a', 60) + "b";

        for (var i = 0; i < 1_000; i++) Assert.Equal("b", matcher.FirstMatch(line)?.Pattern); // hours, if it were active
        Assert.Null(matcher.FirstMatch("aa"));
        Assert.Equal(@"^(a+)+\1$", Assert.Single(_runaways).Pattern);
    }

    [Fact]
    public void An_expression_that_is_a_little_slow_on_every_line_is_out_of_force_before_it_holds_up_the_output()
    {
        var matcher = Matcher(new SlowTime(microseconds: 10_100), new FailureDeclaration("x", IsRegex: true));

        var lines = 0;
        for (; lines < 10_000 && _runaways.Count == 0; lines++) matcher.FirstMatch("x");

        Assert.Equal(101, lines); // each one takes 10 ms more than is fair, and a second of that is too much
        Assert.Null(matcher.FirstMatch("x"));
        Assert.Single(_runaways);
    }

    [Theory]
    [InlineData(90, 1, 20_000)]
    [InlineData(3_000, 60_000, 500)]
    public void An_expression_that_takes_a_fair_time_stays_active_in_a_flood(int microseconds, int length, int lines)
    {
        var matcher = Matcher(new SlowTime(microseconds), new FailureDeclaration("x$", IsRegex: true));
        var line = new string('x', length);

        for (var i = 0; i < lines; i++) Assert.NotNull(matcher.FirstMatch(line));

        Assert.Empty(_runaways);
    }

    private FailureMatcher Matcher(TimeProvider time, params FailureDeclaration[] declarations) => new(declarations, time, _runaways.Add);

    /// <summary>A clock on which every match takes so long.</summary>
    private sealed class SlowTime(int microseconds) : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1_000_000;

        public override long GetTimestamp() => _now += microseconds;
    }
}
