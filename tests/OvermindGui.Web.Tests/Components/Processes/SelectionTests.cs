using OvermindGui.Web.Components.Processes;

namespace OvermindGui.Web.Tests.Components.Processes;

public sealed class SelectionTests
{
    private static readonly string[] All = ["web", "api", "db", "system"];

    [Fact]
    public void A_click_shows_one_alone_and_a_second_one_all_again()
    {
        var alone = Of("db").Click("web");
        Assert.Equal(["web"], All.Where(alone.Shows));
        Assert.Equal(["web"], All.Where(alone.Filter.Shows));
        Assert.Equal(Of("db"), alone.Click("web"));
        Assert.Equal(["api"], All.Where(alone.Click("api").Shows));
    }

    [Fact]
    public void A_click_on_a_hidden_process_shows_it_and_it_is_hidden_again_afterwards()
    {
        var alone = Of("web").Click("web");
        Assert.True(alone.Shows("web"));
        Assert.False(alone.Click("web").Shows("web"));
    }

    [Fact]
    public void With_Ctrl_processes_are_added_and_removed()
    {
        var two = Of("").Toggle("web").Toggle("db");
        Assert.Equal(["web", "db"], All.Where(two.Shows));
        Assert.Equal(["db"], All.Where(two.Toggle("web").Shows));
        Assert.Equal(Selection.All, two.Toggle("web").Toggle("db")); // nothing selected is everything
    }

    [Theory]
    [InlineData("web", "db", "web,api,db")]
    [InlineData("system", "api", "api,db,system")]
    [InlineData("api", "api", "api")]
    [InlineData("gone", "db", "db")]
    public void With_Shift_all_between_two_are_added(string from, string to, string shown) =>
        Assert.Equal(shown, string.Join(',', All.Where(Of("").Extend(from, to, All).Shows)));

    [Fact]
    public void What_is_selected_stays_when_more_is_added_by_Shift() =>
        Assert.Equal(["web", "db", "system"], All.Where(Of("").Click("web").Extend("db", "system", All).Shows));

    [Theory]
    [InlineData("", "web", false, "web")]
    [InlineData("web", "web", false, "web")]
    [InlineData("web,api", "web", true, "api")]
    public void A_check_box_changes_one_process_and_nothing_else(string hidden, string process, bool shown, string then) =>
        Assert.Equal(Of(then), Of(hidden).Shown(process, shown, All));

    [Fact]
    public void A_check_box_adds_to_what_is_selected_and_removes_from_it()
    {
        var two = Of("db").Click("web").Shown("db", true, All);
        Assert.Equal(["web", "db"], All.Where(two.Shows));
        Assert.Equal(Of("db"), two.Shown("db", false, All).Cleared());
    }

    [Fact]
    public void Hiding_the_only_one_that_is_shown_leaves_nothing() =>
        Assert.All(All, name => Assert.False(Of("").Click("web").Shown("web", false, All).Shows(name)));

    [Fact]
    public void Names_are_kept_apart_by_case()
    {
        Assert.False(Of("web").Shows("web"));
        Assert.True(Of("web").Shows("Web"));
    }

    [Fact]
    public void A_change_leaves_the_selection_before_it_as_it_was()
    {
        var before = Of("web");
        before.Toggle("api");
        before.Shown("db", false, All);
        Assert.Equal(Of("web"), before);
    }

    private static Selection Of(string hidden) => Selection.Without(hidden.Split(',', StringSplitOptions.RemoveEmptyEntries));
}
