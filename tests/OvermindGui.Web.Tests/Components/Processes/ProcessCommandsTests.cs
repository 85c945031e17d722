using Microsoft.Extensions.Time.Testing;
using MudBlazor;
using OvermindGui.Core.Contracts;
using OvermindGui.Web.Components.Processes;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Processes;

public sealed class ProcessCommandsTests : DashboardContext
{
    private const int Timeout = 30_000;

    private readonly FakeTimeProvider _time = new(); // for as long as it stands still, a command waits for its state

    [Theory(Timeout = Timeout)]
    [InlineData(CommandKind.Start, "start")]
    [InlineData(CommandKind.Restart, "restart")]
    [InlineData(CommandKind.Stop, "stop")]
    [InlineData(CommandKind.Kill, "kill")]
    public async Task A_command_is_under_way_until_the_state_that_it_made_is_shown(CommandKind kind, string verb)
    {
        var commands = Commands();
        var process = Sample.Process("web");
        commands.Observe([process]);

        var sending = commands.SendAsync(kind, "web");
        Assert.Equal((verb, "web"), await Project.AnswerAsync(succeeded: true, "It was done"));
        Assert.True(commands.IsBusy("web"));
        Assert.False(commands.CanStart(process) || commands.CanStop(process) || commands.CanRestart(process)); // not twice
        await Eventually.TrueAsync(() => Services.GetRequiredService<ISnackbar>().ShownSnackbars.Any());
        Assert.Equal((Severity.Success, "It was done"), LastNotice());
        commands.Observe([process with { LineCount = 7 }]);
        Assert.True(commands.IsBusy("web")); // only its output has grown

        commands.Observe([process with { State = ProcessState.Stopped }]);
        await sending;
        Assert.False(commands.IsBusy("web"));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_command_that_changes_nothing_is_over_after_a_second()
    {
        var commands = Commands();
        var sending = commands.SendAsync(CommandKind.Start, "web");
        await Project.AnswerAsync(succeeded: true, "web is already running");
        await Eventually.TrueAsync(() => sending.IsCompleted, meanwhile: () => _time.Advance(TimeSpan.FromSeconds(1)));
        Assert.False(commands.IsBusy("web"));
    }

    [Fact(Timeout = Timeout)]
    public async Task What_the_daemon_could_not_do_is_reported()
    {
        var commands = Commands();
        var sending = commands.SendAsync(CommandKind.Stop, "web");
        await Project.AnswerAsync(succeeded: false, "web is not in the Procfile");
        await sending;
        Assert.Equal((Severity.Error, "Stop web: web is not in the Procfile"), LastNotice());
    }

    [Theory]
    [InlineData(ProcessState.Running, true)]
    [InlineData(ProcessState.Stopping, true)]
    [InlineData(ProcessState.Stopped, false)]
    [InlineData(ProcessState.Waiting, false)]
    public void What_is_up_can_be_killed(ProcessState state, bool can) => Assert.Equal(can, ProcessCommands.CanKill(Sample.Process("web", state)));

    private ProcessCommands Commands()
    {
        Project.WithDatabase().WithLivingDaemon();
        Services.AddSingleton<TimeProvider>(_time);
        return Services.GetRequiredService<ProcessCommands>();
    }
}
