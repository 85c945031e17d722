using OvermindGui.Core.Levels;
using OvermindGui.Web.Components.Log;
using OvermindGui.Web.Components.Pages;
using OvermindGui.Web.Components.Processes;

namespace OvermindGui.Web.Tests.Components.Pages;

/// <summary>What the page shows, in the address.</summary>
public sealed class PageStateTests
{
    private const string Page = "http://localhost:7575/";

    [Theory]
    [InlineData("", "")]
    [InlineData("?hide=", "")]
    [InlineData("?hide=%20,%20,,", "")]
    [InlineData("?hide=web", "web")]
    [InlineData("?hide=%20web%20,%20,api,web", "api web")]
    public void Names_in_the_address_are_hidden(string query, string hidden) =>
        Assert.Equal(hidden, string.Join(' ', PageState.Parse(Page + query).Panes[0].Selection.Hidden.Order(StringComparer.Ordinal)));

    [Fact]
    public void An_address_that_says_nothing_is_the_initial_state_and_the_other_way_round()
    {
        Assert.Equal(PageState.Initial, PageState.Parse(Page + "?focus=%20&search="));
        Assert.All(PageState.Initial.ToQuery().Values, Assert.Null);
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        var state = new PageState(
        [
            new PaneState(Selection.Without(["web", "api"]).Only("db", "x#2"), new LogQuery { Text = "50% & \"more\"" }),
            PaneState.Initial,
            new PaneState(Selection.All.Only("web"), new LogQuery { Text = " ", Filters = true, IsRegex = true, Levels = LevelSet.Only(LineLevel.Error) }),
        ])
        { IsLinked = true, Panel = "web#2", Tab = "settings" };
        Assert.Equal(state, PageState.Parse(AddressOf(state)));
        Assert.NotEqual(state, PageState.Parse(AddressOf(state with { IsLinked = false })));
        Assert.NotEqual(state, PageState.Parse(AddressOf(state.With(1, state.Panes[2]))));
    }

    [Fact]
    public void The_same_selection_is_always_the_same_address() =>
        Assert.Equal("Web,api,web", PageState.Initial.With(0, PaneState.Initial with { Selection = Selection.Without(["web", "Web", "api"]) }).ToQuery()["hide"]);

    [Theory]
    [InlineData("?panes=0", 1)]
    [InlineData("?panes=-1", 1)]
    [InlineData("?panes=two", 1)]
    [InlineData("?panes=99999999999999999999", 1)]
    [InlineData("?panes=3&hide7=web", 3)]
    [InlineData("?panes=99", PageState.MostPanes)]
    public void An_address_never_asks_for_more_panes_than_there_is_room_for(string query, int panes) =>
        Assert.Equal(panes, PageState.Parse(Page + query).Panes.Count);

    [Fact]
    public void Closing_a_pane_takes_its_words_out_of_the_address()
    {
        var pane = new PaneState(Selection.All.Only("web"), new LogQuery { Text = "x" });
        var two = new PageState([PaneState.Initial, pane]);
        Assert.Equal("web", two.ToQuery()["focus2"]);
        var one = two with { Panes = [PaneState.Initial] };
        Assert.All(one.ToQuery(), word => Assert.Null(word.Value));
        Assert.Equal(two.ToQuery().Keys.Order(StringComparer.Ordinal), one.ToQuery().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Back_has_a_step_for_a_selection_and_none_for_a_typed_letter()
    {
        var typed = PageState.Initial.With(0, PaneState.Initial with { Query = new LogQuery { Text = "x" } });
        Assert.True(typed.DiffersOnlyInQueries(PageState.Initial));
        Assert.False(typed.With(0, PaneState.Initial with { Selection = Selection.All.Only("web") }).DiffersOnlyInQueries(PageState.Initial));
        Assert.False(new PageState([PaneState.Initial, PaneState.Initial]).DiffersOnlyInQueries(PageState.Initial));
    }

    private static string AddressOf(PageState state) => Page + "?" + string.Join('&', state.ToQuery()
        .Where(word => word.Value is not null).Select(word => $"{word.Key}={Uri.EscapeDataString(word.Value!.ToString()!)}"));
}
