using Bunit;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Components.Alerts;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Alerts;

public sealed class AlertsPanelTests : DashboardContext
{
    [Fact]
    public void Rules_failure_declarations_mutes_and_hits_are_in_one_place_without_secrets()
    {
        Project.WithProcfile("web: run web\n").WithDatabase().WithProcess("web").Append("web", "one");
        File.WriteAllText(
            Path.Combine(Project.Folder.Root, "overmind-gui.yaml"),
            "alerts:\n  - {name: down, when: fails, actions: [mark, {webhook: {url: '${HOOK}', preset: slack}}]}\n  - {name: big, when: {memory: 64M}}\n");
        File.WriteAllText(Path.Combine(Project.Folder.Root, ".env"), "HOOK=https://hooks.slack.com/services/T0/B0/very-secret\n");
        File.WriteAllText(Project.Folder.Declarations, """{"web": ["boom"]}""");
        using (var context = Project.Owner.CreateDbContext())
        {
            context.Add(new AlertMute { Rule = "big", Until = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 600 });
            context.Add(new AlertHit
            {
                Rule = "down",
                ProcessId = 1,
                Time = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
                Message = "web failed: exited with code 3",
                Outcome = "webhook slack: sent",
                Notifies = false,
                IsTest = false,
            });
            context.SaveChanges();
        }

        var panel = Render<AlertsPanel>();

        panel.WaitForAssertion(() => Assert.Equal(2, panel.FindAll("[data-testid=alert]").Count), TimeSpan.FromSeconds(30));
        Assert.Contains("any process fails", panel.FindAll("[data-testid=alert]")[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Muted until", panel.FindAll("[data-testid=alert]")[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("boom", panel.Find("[data-testid=alert-declaration]").TextContent, StringComparison.Ordinal);
        Assert.Contains("web failed: exited with code 3", panel.Find("[data-testid=alert-hits]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_without_a_daemon_says_that_there_is_none()
    {
        Project.WithProcfile("web: run web\n").WithDatabase().WithProcess("web");
        File.WriteAllText(Path.Combine(Project.Folder.Root, "overmind-gui.yaml"), "alerts:\n  - {when: fails}\n");
        var panel = Render<AlertsPanel>();
        panel.WaitForAssertion(() => Assert.NotEmpty(panel.FindAll("[data-testid=alert-test]")));

        panel.Find("[data-testid=alert-test]").Click();

        panel.WaitForAssertion(() => Assert.StartsWith("No daemon can be asked", LastNotice().Text, StringComparison.Ordinal));
    }
}
