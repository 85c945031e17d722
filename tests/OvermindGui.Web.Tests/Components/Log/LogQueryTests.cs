using System.Globalization;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Output;
using OvermindGui.Web.Components.Log;

namespace OvermindGui.Web.Tests.Components.Log;

/// <summary>What a pane looks for, in the address and as a filter.</summary>
public class LogQueryTests
{
    public static TheoryData<LogQuery> Queries =>
    [
        LogQuery.None,
        new LogQuery { Text = " two  blanks " },
        new LogQuery { Text = "50% & \"more\"", Filters = true },
        new LogQuery { Text = "a|b", Filters = true, IsRegex = true, MatchCase = true, WholeWord = true, Excludes = true },
        new LogQuery { Levels = LevelSet.Only(LineLevel.Error, LineLevel.None) },
    ];

    [Theory]
    [MemberData(nameof(Queries))]
    public void What_is_written_to_the_address_is_read_again(LogQuery query)
    {
        var words = query.ToQuery().ToDictionary(q => q.Key, q => Convert.ToString(q.Value, CultureInfo.InvariantCulture));
        Assert.Equal(query, LogQuery.Parse(words.GetValueOrDefault));
    }

    [Fact]
    public void What_is_looked_for_is_marked_and_decides_only_when_it_filters()
    {
        var search = new LogQuery { Text = "x" };
        Assert.True(search.Lines(ProcessFilter.Everything).IsEverything);
        Assert.Equal("x", search.Marked!.Text);

        var filter = search with { Filters = true };
        Assert.Equal("x", Assert.Single(filter.Lines(ProcessFilter.Everything).Texts).Text);
        Assert.Equal("x", filter.Marked!.Text);
        Assert.Null((filter with { Excludes = true }).Marked); // there is nothing to mark in what is left
    }

    [Fact]
    public void An_expression_that_cannot_be_used_filters_and_marks_nothing_and_says_why()
    {
        var query = new LogQuery { Text = "(", Filters = true, IsRegex = true };
        Assert.NotNull(query.Problem);
        Assert.Null(query.Marked);
        Assert.True(query.Lines(ProcessFilter.Everything).IsEverything);
    }

    [Fact]
    public void Pasted_line_ends_and_endless_texts_are_cut()
    {
        Assert.Equal("onetwo", LogQuery.TextOf("one\r\ntwo\n"));
        Assert.Equal(LogQuery.MaxTextLength, LogQuery.TextOf(new string('x', 10_000)).Length);
        Assert.Equal("", LogQuery.TextOf(null));
    }
}
