using System.Globalization;
using OvermindGui.Web.Components.Pages;
using OvermindGui.Web.Components.Processes;

namespace OvermindGui.Web.Tests.Components.Pages;

public sealed class PageStateTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData(" , ,", "")]
    [InlineData("web", "web")]
    [InlineData(" web , ,api,web", "api web")]
    public void Names_in_the_address_are_hidden(string? query, string hidden) =>
        Assert.Equal(hidden, string.Join(' ', PageState.Parse(query, null, null, null).Selection.Hidden.Order(StringComparer.Ordinal)));

    [Fact]
    public void An_address_that_says_nothing_is_the_initial_state_and_the_other_way_round()
    {
        Assert.Equal(PageState.Initial, PageState.Parse(null, " ", "", null));
        Assert.All(PageState.Initial.ToQuery().Values, Assert.Null);
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        var state = new PageState(Selection.Without(["web", "api"]) with { Focused = "db" }, " two  blanks ", "50% & \"more\"");
        var query = state.ToQuery().ToDictionary(q => q.Key, q => Convert.ToString(q.Value, CultureInfo.InvariantCulture));
        Assert.Equal(state, PageState.Parse(query["hide"], query["focus"], query["filter"], query["search"]));
    }

    [Fact]
    public void The_same_selection_is_always_the_same_address() =>
        Assert.Equal("Web,api,web", (PageState.Initial with { Selection = Selection.Without(["web", "Web", "api"]) }).ToQuery()["hide"]);

    [Fact]
    public void Pasted_line_ends_and_endless_texts_are_cut()
    {
        Assert.Equal("onetwo", PageState.Text("one\r\ntwo\n"));
        Assert.Equal(PageState.MaxTextLength, PageState.Text(new string('x', 10_000)).Length);
        Assert.Equal("", PageState.Text(null));
    }

    [Fact]
    public void The_lines_to_show_are_those_of_the_selection_that_hold_the_filter()
    {
        var lines = PageState.Parse("web", null, "error", "search").Lines;
        Assert.False(lines.Processes.Shows("web"));
        Assert.Equal(["error"], lines.Texts.Select(t => t.Text));
    }
}
