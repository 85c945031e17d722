using OvermindGui.Web.Components.Processes;

namespace OvermindGui.Web.Tests.Components.Processes;

public sealed class SelectionTests
{
    private static readonly string[] All = ["web", "api", "db", "system"];

    [Theory]
    [InlineData("", "", "web", "web")]
    [InlineData("web", "", "web", "")]
    [InlineData("api", "", "web", "api,web")]
    public void A_click_hides_what_is_shown_and_shows_what_is_hidden(string hidden, string focused, string click, string then) =>
        Assert.Equal(Of(then), Of(hidden, focused).Toggle(click, All));

    [Fact]
    public void A_click_on_what_has_the_focus_brings_back_what_was_shown_before() =>
        Assert.Equal(Of("db"), Of("db", "web").Toggle("web", All));

    [Fact]
    public void A_click_beside_what_has_the_focus_shows_both_and_nothing_else() =>
        Assert.Equal(Of("db,system"), Of("api", "web").Toggle("api", All));

    [Fact]
    public void The_focus_goes_to_one_and_back()
    {
        var before = Of("db");
        var focused = before.ToggleFocus("web");
        Assert.Equal(["web"], All.Where(focused.Shows));
        Assert.Equal(["web"], All.Where(focused.Filter.Shows));
        Assert.Equal(["api"], All.Where(focused.ToggleFocus("api").Shows));
        Assert.Equal(before, focused.ToggleFocus("web"));
    }

    [Fact]
    public void What_has_the_focus_is_shown_though_it_was_hidden_and_is_hidden_again_afterwards()
    {
        var focused = Of("web").ToggleFocus("web");
        Assert.True(focused.Shows("web"));
        Assert.False(focused.ToggleFocus("web").Shows("web"));
    }

    [Theory]
    [InlineData("", "web", false, "web")]
    [InlineData("web", "web", false, "web")]
    [InlineData("web,api", "web", true, "api")]
    public void The_menu_shows_and_hides_whatever_was_before(string hidden, string process, bool shown, string then) =>
        Assert.Equal(Of(then), Of(hidden).Shown(process, shown, All));

    [Fact]
    public void Hiding_what_has_the_focus_leaves_nothing() =>
        Assert.All(All, name => Assert.False(Of("", "web").Shown("web", false, All).Shows(name)));

    [Fact]
    public void Names_are_told_apart_by_case()
    {
        Assert.False(Of("web").Shows("web"));
        Assert.True(Of("web").Shows("Web"));
    }

    [Fact]
    public void A_change_leaves_the_selection_before_it_as_it_was()
    {
        var before = Of("web");
        before.Toggle("api", All);
        Assert.Equal(Of("web"), before);
    }

    private static Selection Of(string hidden, string? focused = null) =>
        Selection.Without(hidden.Split(',', StringSplitOptions.RemoveEmptyEntries)) with { Focused = focused is { Length: > 0 } ? focused : null };
}
