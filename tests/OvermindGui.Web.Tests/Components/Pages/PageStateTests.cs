using System.Globalization;
using OvermindGui.Web.Components.Log;
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
        Assert.Equal(hidden, string.Join(' ', PageState.Parse(query, null, LogQuery.None).Selection.Hidden.Order(StringComparer.Ordinal)));

    [Fact]
    public void An_address_that_says_nothing_is_the_initial_state_and_the_other_way_round()
    {
        Assert.Equal(PageState.Initial, PageState.Parse(null, " ", LogQuery.Parse(null, "", null, null)));
        Assert.All(PageState.Initial.ToQuery().Values, Assert.Null);
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        var state = new PageState(Selection.Without(["web", "api"]).Only("db", "x#2"), new LogQuery { Text = "50% & \"more\"" }) { Panel = "web#2" };
        var query = state.ToQuery().ToDictionary(q => q.Key, q => Convert.ToString(q.Value, CultureInfo.InvariantCulture));
        Assert.Equal(state, PageState.Parse(query["hide"], query["focus"], LogQuery.Parse(query["filter"], query["search"], query["match"], query["levels"]), query["panel"]));
    }

    [Fact]
    public void The_same_selection_is_always_the_same_address() =>
        Assert.Equal("Web,api,web", (PageState.Initial with { Selection = Selection.Without(["web", "Web", "api"]) }).ToQuery()["hide"]);
}
