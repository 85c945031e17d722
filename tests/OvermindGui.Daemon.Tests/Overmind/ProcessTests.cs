using OvermindGui.Core.Processes;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Overmind;

public class ProcessTests
{
    private const int Timeout = 60_000;

    [Fact(Timeout = Timeout)]
    public async Task Every_process_runs_and_its_lines_are_stored_as_it_printed_them()
    {
        await using var daemon = await TestDaemon.StartWithOvermindAsync(@"web: printf '\033[32mhello\033[0m web\n'; sleep 1000", "worker: sleep 1000");

        await daemon.WaitForLineAsync("web", "hello web");

        Assert.All(["web", "worker"], name => Assert.Equal(ProcessState.Running, daemon.Info(name).State));
        Assert.Equal([$"Started with PID {daemon.Info("web").Pid}", "hello web"], daemon.Lines("web").Select(l => l.Text));
    }
}
