using Bunit;
using OvermindGui.Core.Application;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Web.Components.Agents;
using OvermindGui.Web.Live;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Agents;

public sealed class AgentsPageTests : DashboardContext
{
    public AgentsPageTests()
    {
        Services.AddSingleton<ChangeBroadcaster>();
        Project.WithDatabase();
    }

    [Fact]
    public void Clients_and_what_they_did_are_shown_and_markup_in_their_names_stays_text()
    {
        var log = new AgentLog(Project.Owner, TimeProvider.System);
        var client = new AgentConnection("1", "<b>codex</b>", "stdio", AgentTier.Control, null);
        log.Record(client, "status", null, "ok", 240);
        log.Record(client, "restart", "web", "not_allowed", 130);

        var page = Render<AgentsPage>();

        Assert.Equal(["<b>codex</b>", "stdio", "control"], page.FindAll("[data-testid=agent-clients] tbody tr > *").Take(3).Select(e => e.TextContent.Trim()));
        Assert.Equal(["restart", "web", "not allowed", "130"], page.FindAll("[data-testid=agent-calls] tbody tr:first-child > *").Skip(2).Select(e => e.TextContent.Trim()));
    }

    [Fact]
    public void Connections_of_one_agent_that_are_gone_are_one_row_with_all_their_calls()
    {
        var log = new AgentLog(Project.Owner, TimeProvider.System);
        foreach (var connection in new[] { "1", "2", "3" })
        {
            var client = new AgentConnection(connection, "codex", "stdio", AgentTier.Read, null);
            log.Record(client, "status", null, "ok", 240);
            if (connection != "3") log.Disconnect(client);
        }

        var rows = Render<AgentsPage>().FindAll("[data-testid=agent-clients] tbody tr");

        Assert.Equal(["1", "2"], rows.Select(row => row.Children[^1].TextContent));
        Assert.Equal(["", "gone"], rows.Select(row => row.ClassName));
    }

    [Fact]
    public void Without_agents_the_page_says_how_to_set_them_up() =>
        Assert.Contains("overmind-gui agent init", Render<AgentsPage>().Find("[data-testid=no-agent]").TextContent, StringComparison.Ordinal);

    [Fact]
    public void A_switch_lowers_the_tier_of_the_project_and_those_above_follow()
    {
        var policy = new AgentPolicyFile(Project.Folder);
        new AgentLog(Project.Owner, TimeProvider.System).Connect(new AgentConnection("1", "codex", "stdio", AgentTier.Control, null));
        var page = Render<AgentsPage>();
        Assert.Equal([true, true, true], Switches());

        page.Find("[data-testid=tier-control]").Change(false);
        Assert.Equal(AgentTier.Read, policy.Read());
        Assert.Equal([true, false, false], Switches());
        Assert.Contains("read (asks for control)", page.Find("[data-testid=agent-clients]").TextContent, StringComparison.Ordinal);

        page.Find("[data-testid=tier-run]").Change(true);
        Assert.Equal([true, true, true], Switches());
        page.Find("[data-testid=tier-read]").Change(false);
        Assert.Equal(AgentTier.None, policy.Read());

        bool[] Switches() => [.. page.FindAll("input[role=switch]").Select(s => s.HasAttribute("checked"))];
    }
}
