using OvermindGui.Web.Components.Log;
using OvermindGui.Web.Components.Processes;

namespace OvermindGui.Web.Tests.Components.Log;

/// <summary>What one pane shows.</summary>
public sealed class PaneStateTests
{
    [Fact]
    public void A_pane_is_called_by_what_it_shows()
    {
        Assert.Equal("All processes", PaneState.Initial.Title);
        Assert.Equal("api, web", (PaneState.Initial with { Selection = Selection.All.Only("web", "api") }).Title);
        Assert.Equal("All but db", (PaneState.Initial with { Selection = Selection.Without(["db"]) }).Title);
        Assert.Equal("web", (PaneState.Initial with { Selection = Selection.Without(["db"]).Only("web") }).Title);
    }
}
