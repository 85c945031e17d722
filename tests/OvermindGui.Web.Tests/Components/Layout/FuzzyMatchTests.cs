using OvermindGui.Web.Components.Layout;

namespace OvermindGui.Web.Tests.Components.Layout;

public sealed class FuzzyMatchTests
{
    [Theory]
    [InlineData("rw", "Restart worker", true)]
    [InlineData("restart w", "Restart worker", true)]
    [InlineData("WORKER", "Restart worker", true)]
    [InlineData("wr", "Restart worker", true)]
    [InlineData("workers", "Restart worker", false)]
    [InlineData("", "anything", true)]
    public void Letters_have_to_stand_in_this_order(string typed, string text, bool matches) =>
        Assert.Equal(matches, FuzzyMatch.Score(typed, text) is not null);

    [Theory]
    [InlineData("web", "Stop web", "Show everything but logs")]
    [InlineData("sw", "Stop web", "answer")]
    [InlineData("api", "api", "Details of api")]
    public void What_is_meant_scores_higher(string typed, string better, string worse) =>
        Assert.True((FuzzyMatch.Score(typed, better) ?? int.MinValue) > (FuzzyMatch.Score(typed, worse) ?? int.MinValue));
}
