using Bunit;
using Microsoft.Data.Sqlite;
using MudBlazor;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Failures;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Components.Failures;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Failures;

public sealed class AddFailureDialogTests : DashboardContext
{
    private const int Timeout = 60_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact(Timeout = Timeout)]
    public async Task It_shows_what_would_have_matched_and_adds_what_was_chosen()
    {
        Project.WithDatabase().Append("web", Enumerable.Range(1, 100).Select(n => n % 10 == 0 ? $"fatal <{n}>" : $"line {n}"));
        Project.Append("api", "fatal");
        var dialog = await OpenAsync("web", "  FATAL ");
        Assert.Equal("FATAL", Value(dialog, "failure-pattern"));
        Assert.StartsWith("Restarts web", dialog.Find("[data-testid=failure-what]").TextContent, StringComparison.Ordinal);
        PreviewEventually(dialog, "10 of 100 stored lines would have matched. The newest:");
        Assert.Equal(["fatal", "fatal"], dialog.FindAll("li mark").Select(e => e.TextContent).Take(2));
        Assert.Equal(["fatal <100>", "fatal <90>"], dialog.FindAll("li span").Select(e => e.TextContent).Take(2));

        await dialog.InvokeAsync(() => Action(dialog).Instance.ValueChanged.InvokeAsync("stop"));
        Assert.Equal("Stops web; it stays stopped until you start it.", dialog.Find("[data-testid=failure-what]").TextContent);
        await dialog.Find("form").SubmitAsync();
        Assert.Equal([new FailureDeclaration("FATAL", FailureAction.Stop)], Declarations("web"));
        Assert.Equal((Severity.Success, "Added failure declaration for web"), LastNotice());
        dialog.WaitForAssertion(() => Assert.Empty(dialog.FindAll("form")), Patience); // closed
    }

    [Fact(Timeout = Timeout)]
    public async Task Another_process_and_an_expression_can_be_chosen()
    {
        Project.WithDatabase().Append("api", "code 7", "code x");
        var dialog = await OpenAsync("web", "code [0-9]");
        PreviewEventually(dialog, "None of 0 stored lines would have matched.");
        await dialog.InvokeAsync(() => Process(dialog).Instance.ValueChanged.InvokeAsync("api"));
        PreviewEventually(dialog, "None of 2 stored lines would have matched.");
        dialog.FindComponent<MudCheckBox<bool>>().Find("input").Change(true);
        PreviewEventually(dialog, "1 of 2 stored lines would have matched. The newest:");
        await dialog.Find("form").SubmitAsync();
        Assert.Equal([new FailureDeclaration("code [0-9]", IsRegex: true)], Declarations("api"));
        Assert.Empty(Declarations("web"));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("(", true, "not a .NET regular expression")]
    public async Task What_cannot_be_used_is_said_before_it_is_added(string pattern, bool regex, string problem)
    {
        Project.WithDatabase();
        var dialog = await OpenAsync("web", pattern);
        if (regex) dialog.FindComponent<MudCheckBox<bool>>().Find("input").Change(true);
        dialog.WaitForAssertion(() => Assert.Contains(problem, dialog.Markup, StringComparison.Ordinal), Patience);
        Assert.True(dialog.Find("[data-testid=failure-add]").HasAttribute("disabled"));
        await dialog.Find("form").SubmitAsync(); // by the Enter key
        Assert.False(File.Exists(Project.Folder.Declarations));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_pattern_of_every_line_is_warned_of_unless_it_only_notifies()
    {
        Project.WithDatabase().AppendMany("web", 50);
        var dialog = await OpenAsync("web", "flood");
        dialog.WaitForAssertion(() => Assert.NotNull(dialog.Find(".frequent")), Patience);
        await dialog.InvokeAsync(() => Action(dialog).Instance.ValueChanged.InvokeAsync("notify"));
        dialog.WaitForAssertion(() => Assert.Empty(dialog.FindAll(".frequent")), Patience);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_file_that_must_be_fixed_first_is_reported_and_the_dialog_stays()
    {
        Project.WithDatabase();
        await File.WriteAllTextAsync(Project.Folder.Declarations, """{"web": "panic"}""", Cancellation);
        var dialog = await OpenAsync("web", "panic");
        await dialog.Find("form").SubmitAsync();
        Assert.Equal(Severity.Error, LastNotice().Severity);
        Assert.StartsWith("Fix the file first", LastNotice().Text, StringComparison.Ordinal);
        Assert.NotEmpty(dialog.FindAll("form"));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_database_that_cannot_be_read_costs_the_preview_alone()
    {
        Project.WithDatabase().Append("web", "panic");
        Assert.True(Services.GetRequiredService<OvermindDatabase>().IsReady()); // from here on the page reads it
        Project.Checkpoint();
        SqliteConnection.ClearAllPools();
        await File.WriteAllTextAsync(Project.Folder.Database, new string('x', 4096), Cancellation);

        var dialog = await OpenAsync("web", "panic");
        dialog.WaitForAssertion(
            () => Assert.StartsWith("The stored output cannot be read now", dialog.Find("[data-testid=failure-preview] p").TextContent, StringComparison.Ordinal),
            Patience);
        await dialog.Find("form").SubmitAsync();
        Assert.Equal([new FailureDeclaration("panic")], Declarations("web"));
    }

    [Fact(Timeout = Timeout)]
    public async Task It_opens_without_an_error_even_when_there_is_nothing_to_begin_with()
    {
        Project.WithDatabase();
        var dialog = await OpenAsync("web", "");
        Assert.DoesNotContain("empty", dialog.Markup, StringComparison.OrdinalIgnoreCase);
        Assert.True(dialog.Find("[data-testid=failure-add]").HasAttribute("disabled"));

        await dialog.Find("[data-testid=failure-pattern]").InputAsync("x");
        await dialog.Find("[data-testid=failure-pattern]").InputAsync("");
        dialog.WaitForAssertion(() => Assert.Contains("the pattern is empty", dialog.Markup, StringComparison.Ordinal), Patience);
    }

    private static IRenderedComponent<MudSelect<string>> Process(IRenderedComponent<MudDialogProvider> dialog) => dialog.FindComponents<MudSelect<string>>()[0];

    private static IRenderedComponent<MudSelect<string>> Action(IRenderedComponent<MudDialogProvider> dialog) => dialog.FindComponents<MudSelect<string>>()[1];

    private static string? Value(IRenderedComponent<MudDialogProvider> dialog, string testId) =>
        dialog.Find($"[data-testid={testId}]").GetAttribute("value");

    private static void PreviewEventually(IRenderedComponent<MudDialogProvider> dialog, string text) =>
        dialog.WaitForAssertion(() => Assert.Equal(text, dialog.Find("[data-testid=failure-preview] p").TextContent), Patience);

    private IReadOnlyList<FailureDeclaration> Declarations(string process) => Services.GetRequiredService<DeclarationsFile>().Read().For(process);

    private async Task<IRenderedComponent<MudDialogProvider>> OpenAsync(string process, string pattern)
    {
        Render<MudPopoverProvider>();
        var provider = Render<MudDialogProvider>();
        _ = provider.InvokeAsync(() => Services.GetRequiredService<FailureDialogs>().AddAsync(process, pattern, ["web", "api"]));
        await provider.WaitForElementAsync("form", Patience);
        return provider;
    }
}
