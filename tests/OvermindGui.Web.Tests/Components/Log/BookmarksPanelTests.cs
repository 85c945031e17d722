using Bunit;
using OvermindGui.Core.Output;
using OvermindGui.Web.Components.Log;
using OvermindGui.Web.Live;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Log;

public sealed class BookmarksPanelTests : DashboardContext
{
    private const int Timeout = 60_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public BookmarksPanelTests()
    {
        Services.AddSingleton<LineAddress>();
        Services.AddScoped<StarMenu>();
    }

    private Bookmarks Stars => Services.GetRequiredService<Bookmarks>();

    [Fact(Timeout = Timeout)]
    public async Task Stars_are_listed_as_they_come_and_a_click_removes_one()
    {
        Project.WithDatabase().Append("web", "one", "<b>two</b>", "three");
        await Services.GetRequiredService<ChangeBroadcaster>().StartAsync(Cancellation);
        var panel = Render<BookmarksPanel>();
        panel.WaitForAssertion(() => Assert.Contains("No line is starred", panel.Markup, StringComparison.Ordinal), Patience);

        Stars.Add(2, "why");
        panel.WaitForAssertion(() => Assert.Equal(["<b>two</b>"], panel.FindAll("code").Select(c => c.TextContent)), Patience);
        Assert.Equal("why", panel.Find("strong").TextContent);
        Assert.EndsWith(":2", panel.Find("[data-testid=star-2]").GetAttribute("href"), StringComparison.Ordinal);

        await panel.Find("[data-testid=unstar-2]").ClickAsync();
        panel.WaitForAssertion(() => Assert.Contains("No line is starred", panel.Markup, StringComparison.Ordinal), Patience);
        Assert.Empty(Stars.Read());
    }

    [Fact]
    public async Task The_menu_of_a_line_offers_what_suits_it()
    {
        Project.WithDatabase().Append("web", "one", "two");
        Stars.Add(2, "why");
        var menu = Services.GetRequiredService<StarMenu>();
        static Task<string> Text() => Task.FromResult("");

        Assert.Equal(["star"], (await menu.EntriesAsync(1, Text)).Select(e => e.TestId));
        var starred = await menu.EntriesAsync(2, Text);
        Assert.Equal(["star", "unstar"], starred.Select(e => e.TestId));
        await starred[1].Act();
        Assert.Null(Stars.NoteOf(2));
    }
}
