using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using MudBlazor;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Components.Processes;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Processes;

public sealed class ProcessRowTests : DashboardContext
{
    private const int Timeout = 30_000;

    private static readonly RowScope Scope = new(Selection.All, ["web"], _ => Task.CompletedTask, _ => [], (_, _, _) => { });

    [Theory]
    [InlineData(ProcessState.Running, "restart stop")]
    [InlineData(ProcessState.Starting, "restart stop")]
    [InlineData(ProcessState.Stopping, "")]
    [InlineData(ProcessState.Stopped, "start restart")]
    [InlineData(ProcessState.Dead, "start restart")]
    [InlineData(ProcessState.Broken, "start restart")]
    [InlineData(ProcessState.Waiting, "start restart stop")]
    [InlineData(ProcessState.CrashLoop, "start restart stop")]
    [InlineData(ProcessState.Unknown, "start restart")]
    public void Only_what_can_be_done_is_enabled(ProcessState state, string enabled) =>
        Assert.Equal(enabled, Enabled(RenderRow(Sample.Process("web", state))));

    [Theory]
    [InlineData(ProcessState.Running)]
    [InlineData(ProcessState.Stopped)]
    [InlineData(ProcessState.Unknown)]
    public void Nothing_can_be_done_without_a_daemon(ProcessState state) =>
        Assert.Equal("", Enabled(RenderRow(Sample.Process("web", state), alive: false)));

    [Fact]
    public void Every_button_says_for_whom_it_is() =>
        Assert.Equal(
            ["Show the output of web", "Start web", "Restart web", "Stop web", "More for web"],
            RenderRow(Sample.Process("web")).FindAll("button").Select(b => b.GetAttribute("aria-label")));

    [Fact]
    public void A_running_process_tells_since_when()
    {
        var started = TimeProvider.System.GetUtcNow().AddHours(-2).AddMinutes(-5);
        var uptime = RenderRow(Sample.Process("web", startedAt: started)).Find("[data-since]");
        Assert.Equal($"{started.ToUnixTimeSeconds()}", uptime.GetAttribute("data-since"));
        Assert.Equal("2h 5m", uptime.TextContent);
    }

    [Theory]
    [InlineData(ProcessState.Stopped)]
    [InlineData(ProcessState.Dead)]
    [InlineData(ProcessState.Starting)]
    public void A_process_that_does_not_run_has_no_uptime(ProcessState state) =>
        Assert.Empty(RenderRow(Sample.Process("web", state, startedAt: DateTimeOffset.UnixEpoch)).FindAll("[data-since]"));

    [Fact]
    public void It_tells_its_lines_its_command_and_its_pid()
    {
        var row = RenderRow(Sample.Process("web", lineCount: 1_234_567));
        Assert.Equal("1,234,567", row.Find(".count").TextContent);
        Assert.Equal("PID 4711 – run web", row.Find(".visibility").GetAttribute("title"));
    }

    [Theory(Timeout = Timeout)]
    [InlineData(ProcessState.Stopped, "start")]
    [InlineData(ProcessState.Running, "restart")]
    [InlineData(ProcessState.Running, "stop")]
    public async Task A_click_asks_the_daemon_and_waits_for_its_answer(ProcessState state, string verb)
    {
        Project.WithDatabase().WithLivingDaemon();
        Services.AddSingleton<TimeProvider>(new FakeTimeProvider()); // for as long as it stands still, the row waits
        var row = RenderRow(Sample.Process("web", state));

        var clicking = row.Find($"[data-testid={verb}-web]").ClickAsync();
        var command = await CommandAsync();
        Assert.Equal((verb, "web"), (command.Command, command.ProcessName));
        Assert.Equal("", Enabled(row)); // not twice
        Assert.NotEmpty(row.FindAll(".row-spinner"));

        Answer(command.Id, succeeded: true, "It was done");
        while (!Services.GetRequiredService<ISnackbar>().ShownSnackbars.Any()) await Task.Delay(5, Cancellation);
        Assert.Equal((Severity.Success, "It was done"), Told());
        row.Render();
        Assert.Equal("", Enabled(row)); // the state that it made is not here yet
        row.Render(p => p.Add(r => r.Process, Sample.Process("web", state == ProcessState.Running ? ProcessState.Dead : ProcessState.Running)));
        await clicking;
        Assert.NotEqual("", Enabled(row));
        Assert.Empty(row.FindAll(".row-spinner"));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_command_that_changes_nothing_holds_the_row_for_a_second_only()
    {
        Project.WithDatabase().WithLivingDaemon();
        var time = new FakeTimeProvider();
        Services.AddSingleton<TimeProvider>(time);
        var row = RenderRow(Sample.Process("web", ProcessState.Stopped));

        var clicking = row.Find("[data-testid=start-web]").ClickAsync();
        Answer((await CommandAsync()).Id, succeeded: true, "web is already running");
        while (!clicking.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, Cancellation);
        }

        Assert.NotEqual("", Enabled(row));
    }

    [Fact]
    public void One_that_waits_for_its_restart_says_when_and_can_be_kept_from_it()
    {
        var restart = TimeProvider.System.GetUtcNow().AddSeconds(600);
        var row = RenderRow(Sample.Process("web", ProcessState.Broken) with { RestartAt = restart });
        Assert.Equal("start restart stop", Enabled(row));
        var fact = row.Find("[data-testid=restart-at-web]");
        Assert.Equal($"{restart.ToUnixTimeMilliseconds()}", fact.GetAttribute("data-restart"));
        Assert.Matches("^restarts in (600|59[0-9]) s$", fact.TextContent);
    }

    [Fact(Timeout = Timeout)]
    public async Task What_the_daemon_could_not_do_is_told()
    {
        Project.WithDatabase().WithLivingDaemon();
        var row = RenderRow(Sample.Process("web"));

        var clicking = row.Find("[data-testid=stop-web]").ClickAsync();
        Answer((await CommandAsync()).Id, succeeded: false, "web is not in the Procfile");
        await clicking;

        Assert.Equal((Severity.Error, "Stop web: web is not in the Procfile"), Told());
        Assert.NotEqual("", Enabled(row));
    }

    private static string Enabled(IRenderedComponent<ProcessRow> row) => string.Join(
        ' ', row.FindAll(".actions button:not([aria-haspopup])").Where(b => !b.HasAttribute("disabled")).Select(b => b.GetAttribute("title")!.ToLowerInvariant()));

    private IRenderedComponent<ProcessRow> RenderRow(ProcessInfo process, bool alive = true) =>
        Render<ProcessRow>(p => p.Add(r => r.Process, process).Add(r => r.DaemonAlive, alive).Add(r => r.Scope, Scope));

    private async Task<DaemonCommand> CommandAsync()
    {
        await using var context = Project.Owner.CreateDbContext();
        while (true)
        {
            if (await context.Commands.AsNoTracking().SingleOrDefaultAsync(Cancellation) is { } command) return command;
            await Task.Delay(5, Cancellation);
        }
    }

    private void Answer(long id, bool succeeded, string outcome)
    {
        using var context = Project.Owner.CreateDbContext();
        context.Commands.Where(c => c.Id == id).ExecuteUpdate(c => c
            .SetProperty(p => p.Status, DaemonCommand.Completed).SetProperty(p => p.Succeeded, succeeded).SetProperty(p => p.Outcome, outcome));
    }
}
