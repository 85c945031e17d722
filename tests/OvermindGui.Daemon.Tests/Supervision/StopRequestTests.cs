using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Supervision;

/// <summary>Processes that are asked to end by keys or a command before they get a signal.</summary>
public class StopRequestTests
{
    private const int Timeout = 120_000;
    private const string Reads = """p: bash -c 'trap "echo signalled; exit 9" TERM; echo ready; while IFS= read -rsn1 key; do [ "$key" = q ] && { echo bye; exit 0; }; done'""";

    [Fact(Timeout = Timeout)]
    public async Task Keys_end_it_without_a_signal()
    {
        await using var daemon = await StartAsync("processes: {p: {stop: {keys: q}}}", Reads);
        await daemon.WaitForLineAsync("p", "ready");

        Assert.Equal(new CommandOutcome(true, "Stopped p"), await daemon.SendAsync(CommandKind.Stop, "p"));

        Assert.Equal(["ready", "bye"], daemon.Output("p").Select(line => line.Text));
        Assert.Equal(0, daemon.Info("p").Exit?.Code);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_command_ends_it_in_its_folder_with_its_variables()
    {
        await using var daemon = await StartAsync(
            """processes: {p: {stop: {command: 'echo "$PS" > stopped; touch end'}}}""", "p: while [ ! -e end ]; do sleep 0.05; done; cat stopped");
        await daemon.WaitForAsync("p", p => p.State == ProcessState.Running);

        Assert.Equal(new CommandOutcome(true, "Stopped p"), await daemon.SendAsync(CommandKind.Stop, "p"));

        Assert.Equal(["p"], daemon.Output("p").Select(line => line.Text));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("keys: x, timeout: 300ms", "Its stop keys did not end it within 0.3 s; it gets its stop signal")]
    [InlineData("command: sleep 1000, timeout: 300ms", "Its stop command did not end within 0.3 s; it gets its stop signal")]
    [InlineData("command: exit 4", "Its stop command failed: it ended with code 4; it gets its stop signal")]
    public async Task What_does_not_end_it_is_followed_by_its_stop_signal(string stop, string notice)
    {
        await using var daemon = await StartAsync($"processes: {{p: {{stop: {{{stop}}}}}}}", Reads);
        await daemon.WaitForLineAsync("p", "ready");

        Assert.Equal(new CommandOutcome(true, "Stopped p"), await daemon.SendAsync(CommandKind.Stop, "p"));

        Assert.Contains(daemon.Output("p"), line => line.Text == "signalled");
        Assert.Contains(daemon.Lines("p"), line => line.Stream == LineSource.Notice && line.Text == notice);
    }

    private static Task<TestDaemon> StartAsync(string settings, string procfile) =>
        TestDaemon.StartPlannedAsync(new PlanOptions(), [("overmind-gui.yaml", settings)], TimeProvider.System, procfile);
}
