using Bunit;
using OvermindGui.Core.Application;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Components.Log;
using OvermindGui.Web.Components.Processes;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Processes;

public sealed class ComparePageTests : DashboardContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public ComparePageTests()
    {
        Services.AddSingleton<LineAddress>();
        Services.AddSingleton<CompareQuery>();
    }

    [Fact]
    public async Task Differences_are_shown_with_some_lines_around_and_the_others_on_demand()
    {
        Project.WithDatabase();
        Run(1, [.. Enumerable.Range(1, 20).Select(i => $"step {i}"), "connected", .. Enumerable.Range(21, 20).Select(i => $"step {i}")]);
        Run(2, [.. Enumerable.Range(1, 20).Select(i => $"step {i}"), "<b>refused</b>", .. Enumerable.Range(21, 20).Select(i => $"step {i}")]);
        var page = Render<ComparePage>(p => p.Add(x => x.Name, "web"));

        page.WaitForAssertion(() => Assert.Equal(10, page.FindAll("[role=row]").Count), Patience); // 17 in both, 3, 2 differences, 3, 17 in both
        Assert.Equal(["17 lines in both", "17 lines in both"], page.FindAll("[data-testid=compare-open]").Select(b => b.TextContent));
        Assert.Equal("connected", page.Find(".row.left .text[data-sign]").TextContent);
        Assert.Equal("<b>refused</b>", page.Find(".row.right .text[data-sign]").TextContent);
        Assert.Contains("40 lines in both, 1 only in run #1, 1 only in run #2", page.Find("[data-testid=compare-summary]").TextContent, StringComparison.Ordinal);

        await page.Find("[data-testid=compare-open]").ClickAsync();
        Assert.Equal(26, page.FindAll("[role=row]").Count);
        await page.Find("[data-testid=compare-all]").ClickAsync();
        Assert.Equal(42, page.FindAll("[role=row]").Count);
    }

    [Fact]
    public void What_cannot_be_compared_is_said()
    {
        Project.WithDatabase();
        Run(1, "one");
        var page = Render<ComparePage>(p => p.Add(x => x.Name, "web"));
        page.WaitForAssertion(() => Assert.Contains("web has one run so far", page.Find("[data-testid=compare-problem]").TextContent, StringComparison.Ordinal), Patience);
    }

    private void Run(int id, params string[] lines)
    {
        Project.Append("web", lines);
        using var connection = Project.Owner.OpenConnection();
        connection.Execute(null, "UPDATE lines SET run_id = $1, time = $2 WHERE run_id IS NULL OR run_id = 0", id, 1_700_000_000_000 + id * 60_000);
        connection.Execute(
            null, "INSERT INTO runs(id, process_id, daemon_id, pid, started_at, ended_at, exit_code, cause, restart_number) VALUES ($1, 1, 1, 1, $2, $3, 0, 'start', 0)",
            id, 1_700_000_000.0 + id * 60, 1_700_000_010.0 + id * 60);
    }
}
