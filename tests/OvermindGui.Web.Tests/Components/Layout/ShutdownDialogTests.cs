using Bunit;
using Microsoft.EntityFrameworkCore;
using MudBlazor;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Components.Layout;
using OvermindGui.Web.Configuration;
using OvermindGui.Web.Hosting;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Layout;

public sealed class ShutdownDialogTests : DashboardContext
{
    private const int Timeout = 30_000;

    private static readonly SystemSnapshot NoDaemon = Sample.Snapshot(Sample.Process("web")) with { DaemonAlive = false };

    private ExitControl Exit => Services.GetRequiredService<ExitControl>();

    [Theory(Timeout = Timeout)]
    [InlineData(0, "This ends the daemon and the dashboard. No process is running.")]
    [InlineData(1, "This ends 1 running process, the daemon and the dashboard.")]
    [InlineData(3, "This ends 3 running processes, the daemon and the dashboard.")]
    public async Task It_says_what_would_end(int running, string what)
    {
        var processes = Enumerable.Range(0, running).Select(i => Sample.Process($"web{i}")).Append(Sample.Process("done", ProcessState.Dead, 0));
        var dialog = await OpenAsync(Sample.Snapshot(processes));
        Assert.Equal(what, dialog.Find(".what").TextContent);
        Assert.Equal(Enumerable.Range(0, running).Select(i => $"web{i}"), dialog.FindAll("[data-testid=shutdown-ends] li").Select(l => l.TextContent));
        Assert.Equal("The stored output stays in overmind.db.", dialog.Find(".stored").TextContent);
    }

    [Fact(Timeout = Timeout)]
    public async Task Without_a_daemon_only_the_dashboard_would_end()
    {
        var dialog = await OpenAsync(NoDaemon);
        Assert.Equal("No daemon is running. This ends the dashboard.", dialog.Find(".what").TextContent);
    }

    [Fact(Timeout = Timeout)]
    public async Task Cancelling_ends_nothing()
    {
        var dialog = await OpenAsync(NoDaemon);
        await dialog.Find("[data-testid=shutdown-cancel]").ClickAsync();
        dialog.WaitForAssertion(() => Assert.Empty(dialog.FindAll(".what")));
        Assert.False(Exit.Requested.IsCompleted);
    }

    [Fact(Timeout = Timeout)]
    public async Task Confirming_without_a_daemon_ends_the_dashboard()
    {
        var dialog = await OpenAsync(NoDaemon);
        await dialog.Find("[data-testid=shutdown-confirm]").ClickAsync();
        Assert.Equal(WebServerExit.ShutDown, await Exit.Requested.WaitAsync(Cancellation));
    }

    [Fact(Timeout = Timeout)]
    public async Task Confirming_ends_the_daemon_first()
    {
        Project.WithDatabase().WithLivingDaemon();
        var dialog = await OpenAsync(Sample.Snapshot(Sample.Process("web")));

        var clicking = dialog.Find("[data-testid=shutdown-confirm]").ClickAsync();
        var id = await QuitCommandAsync();
        Assert.Equal("Stopping…", dialog.Find("[data-testid=shutdown-confirm]").TextContent.Trim());
        Assert.False(Exit.Requested.IsCompleted);

        Answer(id, succeeded: true);
        Project.KillDaemon();
        await clicking;
        Assert.Equal(WebServerExit.ShutDown, await Exit.Requested.WaitAsync(Cancellation));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_daemon_that_refuses_keeps_the_dashboard_alive()
    {
        Project.WithDatabase().WithLivingDaemon();
        var dialog = await OpenAsync(Sample.Snapshot(Sample.Process("web")));

        var clicking = dialog.Find("[data-testid=shutdown-confirm]").ClickAsync();
        Answer(await QuitCommandAsync(), succeeded: false);
        await clicking;

        Assert.Equal("the answer", dialog.Find("[data-testid=shutdown-failure]").TextContent);
        Assert.False(dialog.Find("[data-testid=shutdown-confirm]").HasAttribute("disabled"));
        Assert.False(Exit.Requested.IsCompleted);
    }

    private async Task<IRenderedComponent<MudDialogProvider>> OpenAsync(SystemSnapshot snapshot)
    {
        var provider = Render<MudDialogProvider>();
        var parameters = new DialogParameters<ShutdownDialog> { { d => d.Snapshot, snapshot } };
        await provider.InvokeAsync(() => Services.GetRequiredService<IDialogService>().ShowAsync<ShutdownDialog>("Shut everything down?", parameters));
        return provider;
    }

    private async Task<long> QuitCommandAsync()
    {
        await using var context = Project.Owner.CreateDbContext();
        DaemonCommand? command = null;
        await Eventually.TrueAsync(
            async () => (command = await context.Commands.AsNoTracking().SingleOrDefaultAsync(c => c.Command == "quit", Cancellation)) is not null);
        return command!.Id;
    }

    private void Answer(long id, bool succeeded)
    {
        using var context = Project.Owner.CreateDbContext();
        context.Commands.Where(c => c.Id == id).ExecuteUpdate(c => c
            .SetProperty(p => p.Status, DaemonCommand.Completed).SetProperty(p => p.Succeeded, succeeded).SetProperty(p => p.Outcome, "the answer"));
    }
}
