using Bunit;
using MudBlazor;
using OvermindGui.Web.Components.Processes;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Processes;

public sealed class ScaleDialogTests : DashboardContext
{
    private const int Timeout = 60_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact(Timeout = Timeout)]
    public async Task Only_the_changed_numbers_are_asked_for()
    {
        var dialog = await OpenAsync();
        Assert.True(dialog.Find("[data-testid=scale-apply]").HasAttribute("disabled")); // nothing to do
        await dialog.Find("[data-testid=more-web]").ClickAsync();
        await dialog.Find("[data-testid=scale-worker]").ChangeAsync("0");
        await dialog.Find("[data-testid=scale-api]").ChangeAsync("1");

        var applying = dialog.Find("[data-testid=scale-apply]").ClickAsync();
        Assert.Equal(("scale", "web=2,worker=0"), await Project.AnswerAsync(succeeded: true, "Scaled web to 2"));
        await applying;

        Assert.Equal((Severity.Success, "Scaled web to 2"), LastNotice());
        dialog.WaitForAssertion(() => Assert.Empty(dialog.FindAll("[data-testid=scale-apply]")), Patience);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("99", "10")]
    [InlineData("-3", "0")]
    [InlineData("many", "1")]
    public async Task Numbers_stay_between_none_and_ten(string typed, string then)
    {
        var dialog = await OpenAsync();
        await dialog.Find("[data-testid=scale-web]").ChangeAsync(typed);
        Assert.Equal(then, dialog.Find("[data-testid=scale-web]").GetAttribute("value"));
    }

    [Fact(Timeout = Timeout)]
    public async Task What_the_daemon_refuses_is_reported_and_can_be_changed()
    {
        var dialog = await OpenAsync();
        await dialog.Find("[data-testid=more-web]").ClickAsync();
        var applying = dialog.Find("[data-testid=scale-apply]").ClickAsync();
        await Project.AnswerAsync(succeeded: false, "There is no scale in overmind mode");
        await applying;
        Assert.Equal("There is no scale in overmind mode", dialog.Find("[data-testid=scale-failure]").TextContent);
    }

    private async Task<IRenderedComponent<MudDialogProvider>> OpenAsync()
    {
        Project.WithProcfile("web: sleep 1\napi: sleep 1\nworker: sleep 1\n").WithDatabase().WithLivingDaemon();
        Render<MudPopoverProvider>();
        var provider = Render<MudDialogProvider>();
        _ = provider.InvokeAsync(() => Services.GetRequiredService<IDialogService>().ShowAsync<ScaleDialog>("Scale"));
        await provider.WaitForElementAsync("[data-testid=scale-apply]", Patience);
        return provider;
    }
}
