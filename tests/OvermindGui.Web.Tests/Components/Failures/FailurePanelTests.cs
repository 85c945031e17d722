using Bunit;
using Microsoft.EntityFrameworkCore;
using MudBlazor;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Failures;
using OvermindGui.Web.Components.Failures;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Failures;

public sealed class FailurePanelTests : DashboardContext
{
    private const int Timeout = 60_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact(Timeout = Timeout)]
    public async Task Declarations_are_listed_changed_and_removed()
    {
        Project.WithDatabase();
        await File.WriteAllTextAsync(
            Project.Folder.Declarations, """{"web": ["panic:", {"pattern": "E[0-9]+", "regex": true, "action": "stop"}]}""", Cancellation);
        var panel = await OpenAsync();
        panel.WaitForAssertion(
            () => Assert.Equal(["panic:", "E[0-9]+"], panel.FindAll("[data-testid=failure] code").Select(c => c.TextContent)), Patience);
        Assert.Equal(["text", "regex"], Values(panel, "failure-kind"));
        Assert.Equal(["", "stop"], Values(panel, "failure-action"));

        await panel.FindAll("[data-testid=failure-action]")[0].ChangeAsync("notify");
        Assert.Contains(new FailureDeclaration("panic:", FailureAction.Notify), Declarations());
        await panel.FindAll("[data-testid=failure-action]").Single(s => s.GetAttribute("value") == "stop").ChangeAsync("");
        Assert.Contains(new FailureDeclaration("E[0-9]+", null, IsRegex: true), Declarations());
        Assert.Equal((Severity.Success, "Changed failure declaration for web"), LastNotice());

        await panel.FindAll("[data-testid=failure-remove]")[0].ClickAsync();
        Assert.Single(Declarations());
        panel.WaitForAssertion(() => Assert.Single(panel.FindAll("[data-testid=failure]")), Patience);
    }

    [Fact(Timeout = Timeout)]
    public async Task What_is_no_expression_stays_a_text()
    {
        Project.WithDatabase();
        await File.WriteAllTextAsync(Project.Folder.Declarations, """{"web": ["panic ("]}""", Cancellation);
        var panel = await OpenAsync();
        await panel.Find("[data-testid=failure-kind]").ChangeAsync("regex");
        Assert.Equal(Severity.Error, LastNotice().Severity);
        Assert.Equal([new FailureDeclaration("panic (")], Declarations());
        panel.WaitForAssertion(() => Assert.Equal(["text"], Values(panel, "failure-kind")), Patience);
    }

    [Fact(Timeout = Timeout)]
    public async Task Hits_are_shown_newest_first_as_text()
    {
        Project.WithDatabase().Append("web", "x");
        var panel = await OpenAsync();
        Assert.NotNull(panel.Find("[data-testid=hits-none]"));
        await using (var context = Project.Owner.CreateDbContext())
            await context.Database.ExecuteSqlRawAsync(
                """
                INSERT INTO failure_hits(process_id, run_id, line_id, pattern, text, time, action, outcome)
                VALUES (1, 1, 1, 'p', 'the first', 1000, 'restart', 'restarted'), (1, 1, 1, 'p', '<b>the second</b>', 2000, 'stop', 'stopped')
                """,
                Cancellation);
        panel.WaitForAssertion(
            () => Assert.Equal(["<b>the second</b>", "the first"], panel.FindAll("[data-testid=hits] code").Select(c => c.TextContent)), Patience);
        Assert.Equal("stopped", panel.Find("[data-testid=hits] span").TextContent);
    }

    [Fact(Timeout = Timeout)]
    public async Task What_is_wrong_with_the_file_is_reported()
    {
        Project.WithDatabase();
        await File.WriteAllTextAsync(Project.Folder.Declarations, """{"web": "panic"}""", Cancellation);
        var panel = await OpenAsync();
        Assert.Contains("failure_declarations.json line 1", panel.Find("[data-testid=failures-problem]").TextContent, StringComparison.Ordinal);
        Assert.Empty(panel.FindAll("[data-testid=failures-none]"));
    }

    private static IEnumerable<string?> Values(IRenderedComponent<MudDialogProvider> panel, string testId) =>
        panel.FindAll($"[data-testid={testId}]").Select(s => s.GetAttribute("value"));

    private IReadOnlyList<FailureDeclaration> Declarations() => Services.GetRequiredService<DeclarationsFile>().Read().For("web");

    private async Task<IRenderedComponent<MudDialogProvider>> OpenAsync()
    {
        Render<MudPopoverProvider>();
        var provider = Render<MudDialogProvider>();
        _ = provider.InvokeAsync(() => Services.GetRequiredService<FailureDialogs>().ShowAsync("web", ["web", "api"]));
        await provider.WaitForElementAsync("[data-testid=failures-close]", Patience);
        provider.WaitForAssertion(
            () => Assert.NotEmpty(provider.FindAll("[data-testid=failure], [data-testid=failures-none], [data-testid=failures-problem]")), Patience);
        return provider;
    }
}
