using OvermindGui.Core.Contracts;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Supervision;

public class LaunchTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task A_process_leads_a_session_and_a_group_of_its_own()
    {
        await using var daemon = await TestDaemon.StartAsync("p: cat /proc/$$/stat; sleep 100");
        var pid = (await daemon.WaitForAsync("p", p => p.State == ProcessState.Running && p.LineCount >= 2)).Pid;

        var fields = daemon.Output("p").First().Text.Split(' ');
        Assert.Equal($"{pid}", fields[0]);
        Assert.Equal($"{pid}", fields[4]); // process group
        Assert.Equal($"{pid}", fields[5]); // session
    }

    [Fact(Timeout = Timeout)]
    public async Task A_process_runs_in_the_folder_of_its_Procfile()
    {
        await using var daemon = await TestDaemon.StartAsync("p: pwd -P");

        Assert.Equal([daemon.Folder.Root], await daemon.OutputAfterEndAsync("p"));
    }

    [Fact(Timeout = Timeout)]
    public async Task The_shell_reads_the_command()
    {
        await using var daemon = await TestDaemon.StartAsync("p: for i in 1 2; do echo \"$i 'quoted'\"; done | tail -1 && echo yes # comment");

        Assert.Equal(["2 'quoted'", "yes"], await daemon.OutputAfterEndAsync("p"));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("")]
    [InlineData("true")]
    public async Task A_broken_pipe_ends_a_child_silently(string piped)
    {
        await using var daemon = await TestDaemon.StartAsync(
            TerminalSize.Default, PipedProcesses.Parse(piped, "test"), "p: (yes; echo $? >end) | head -1; cat end");

        Assert.Equal(["y", $"{128 + 13}"], await daemon.OutputAfterEndAsync("p"));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("")]
    [InlineData("true")]
    public async Task Standard_input_stays_open(string piped)
    {
        await using var daemon = await TestDaemon.StartAsync(
            TerminalSize.Default, PipedProcesses.Parse(piped, "test"), "reader: cat; echo input ended", "other: echo done");
        await daemon.OutputAfterEndAsync("other");

        Assert.Equal(ProcessState.Running, daemon.Info("reader").State);
        Assert.Empty(daemon.Output("reader"));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_command_that_does_not_exist_is_dead_with_code_127()
    {
        await using var daemon = await TestDaemon.StartAsync("p: no-such-command-here", "q: sleep 100");
        await daemon.OutputAfterEndAsync("p");

        Assert.Equal(new ExitStatus(127), daemon.Info("p").Exit);
        Assert.Contains("not found", daemon.Output("p").Single().Text, StringComparison.Ordinal);
        Assert.StartsWith("Exited with code 127 (command not found) after ", daemon.Lines("p")[^1].Text, StringComparison.Ordinal);
        Assert.Equal(ProcessState.Running, daemon.Info("q").State);
    }
}
