using Bunit;
using Microsoft.AspNetCore.Components;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Components;
using OvermindGui.Web.Components.Alerts;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Alerts;

public sealed class AlertsPanelTests : DashboardContext
{
    public AlertsPanelTests() => DefaultWaitTimeout = TimeSpan.FromSeconds(30);

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
    public async Task A_test_without_a_daemon_says_that_there_is_none()
    {
        Project.WithProcfile("web: run web\n").WithDatabase().WithProcess("web");
        File.WriteAllText(Path.Combine(Project.Folder.Root, "overmind-gui.yaml"), "alerts:\n  - {when: fails}\n");
        var panel = Render<AlertsPanel>();
        panel.WaitForAssertion(() => Assert.NotEmpty(panel.FindAll("[data-testid=alert-test]")));

        await panel.InvokeAsync(() => panel.Find("[data-testid=alert-test]").Click());

        panel.WaitForAssertion(() => Assert.StartsWith("No daemon can be asked", LastNotice().Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_alert_is_written_changed_and_deleted_and_the_comments_of_the_file_stay()
    {
        Project.WithProcfile("web: run web\nworker: run worker\n").WithDatabase().WithProcess("web");
        var path = Path.Combine(Project.Folder.Root, "overmind-gui.yaml");
        await File.WriteAllTextAsync(path, "# ours\nalerts:\n  - when: unhealthy # loud\n", Xunit.TestContext.Current.CancellationToken);
        RenderTree.Add<CascadingValue<bool>>(trusted => trusted.Add(value => value.Name, Routes.TrustedName).Add(value => value.Value, true));
        var dialogs = Render<MudBlazor.MudDialogProvider>();
        var panel = Render<AlertsPanel>();
        panel.WaitForAssertion(() => Assert.Single(panel.FindAll("[data-testid=alert-edit]")));

        await panel.InvokeAsync(() => panel.Find("[data-testid=alert-new]").Click()); // the panel may render at any time
        dialogs.WaitForAssertion(() => Assert.NotEmpty(dialogs.FindAll("form")));
        dialogs.Find("[data-testid=alert-name]").Change("web is down");
        dialogs.FindAll("[data-testid=alert-scope]").First(b => b.TextContent == "web").Click();
        dialogs.Find("[data-testid=alert-webhook]").Change("https://hooks.slack.com/services/T0/B0/x");
        await dialogs.Find("form").SubmitAsync();
        dialogs.WaitForAssertion(() => Assert.Contains("holds a secret", dialogs.Find("[data-testid=alert-dialog-problem]").TextContent, StringComparison.Ordinal));
        dialogs.Find("[data-testid=alert-webhook]").Change("${HOOK}");
        await dialogs.Find("form").SubmitAsync();
        dialogs.WaitForAssertion(() => Assert.Empty(dialogs.FindAll("form")));
        const string added = "  - name: web is down\n    when: fails\n    processes: [web]\n    actions: [mark, {webhook: {url: '${HOOK}'}}]\n";
        Assert.Equal("# ours\nalerts:\n  - when: unhealthy # loud\n" + added, await File.ReadAllTextAsync(path, Xunit.TestContext.Current.CancellationToken));

        panel.WaitForAssertion(() => Assert.Equal(2, panel.FindAll("[data-testid=alert-edit]").Count));
        await panel.InvokeAsync(() => panel.FindAll("[data-testid=alert-edit]")[0].Click());
        dialogs.WaitForAssertion(() => Assert.NotEmpty(dialogs.FindAll("[data-testid=alert-delete]")));
        dialogs.Find("[data-testid=alert-delete]").Click();
        dialogs.WaitForAssertion(() => Assert.Equal("Really delete", dialogs.Find("[data-testid=alert-delete]").TextContent));
        dialogs.Find("[data-testid=alert-delete]").Click();
        dialogs.WaitForAssertion(() => Assert.Empty(dialogs.FindAll("form")));
        Assert.Equal("# ours\nalerts:\n" + added, await File.ReadAllTextAsync(path, Xunit.TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_page_of_another_user_can_write_no_command_and_no_webhook()
    {
        Project.WithProcfile("web: run web\n").WithDatabase().WithProcess("web");
        var dialogs = Render<MudBlazor.MudDialogProvider>();
        var panel = Render<AlertsPanel>();
        await panel.InvokeAsync(() => panel.Find("[data-testid=alert-new]").Click()); // the panel may render at any time
        dialogs.WaitForAssertion(() => Assert.NotEmpty(dialogs.FindAll("form")));
        dialogs.Find("[data-testid=alert-command]").Change("id > /tmp/x");
        await dialogs.Find("form").SubmitAsync();
        dialogs.WaitForAssertion(() => Assert.Contains("the user who runs the dashboard", dialogs.Find("[data-testid=alert-dialog-problem]").TextContent, StringComparison.Ordinal));
        Assert.False(File.Exists(Path.Combine(Project.Folder.Root, "overmind-gui.yaml")));
    }
}
