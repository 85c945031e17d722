using Bunit;
using OvermindGui.Core.Contracts;
using OvermindGui.Web.Components.Processes;

namespace OvermindGui.Web.Tests.Components.Processes;

public sealed class PortLinksTests : BunitContext
{
    [Fact]
    public void Where_a_process_listens_is_a_link_and_the_difference_from_its_plan_is_reported()
    {
        var links = Render<PortLinks>(p => p.Add(l => l.Process, Process("3000 5353/udp", 5000)));
        Assert.Equal("http://localhost:3000/", links.Find("a").GetAttribute("href"));
        Assert.Equal([":3000", ":5353/udp"], links.FindAll(".port > *").Select(e => e.TextContent.Trim()));
        Assert.Equal("It listens on 3000 5353/udp, not on 5000", links.Find(".port").GetAttribute("title"));
    }

    [Fact]
    public void A_planned_port_is_no_link_because_nothing_answers_there()
    {
        var links = Render<PortLinks>(p => p.Add(l => l.Process, Process(null, 5000)));
        Assert.Empty(links.FindAll("a"));
        Assert.Equal(":5000", links.Find(".port").TextContent);
    }

    private static ProcessInfo Process(string? listening, int? port) =>
        new("web", 0, "serve", ProcessState.Running, 1, null, null, 0) { Listening = listening, Port = port };
}
