using OvermindGui.Core.Processes;
using OvermindGui.Daemon.Supervision;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Supervision;

public class LaunchTests
{
    private const int Timeout = 60_000;

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

    [Fact(Timeout = Timeout)]
    public async Task A_broken_pipe_ends_a_child_silently_as_in_a_terminal()
    {
        await using var daemon = await TestDaemon.StartAsync("p: yes | head -1");

        Assert.Equal(["y"], await daemon.OutputAfterEndAsync("p"));
    }

    [Fact(Timeout = Timeout)]
    public async Task Standard_input_stays_open()
    {
        await using var daemon = await TestDaemon.StartAsync("reader: cat; echo input ended", "other: echo done");
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
        Assert.Equal("Exited with code 127 (command not found)", daemon.Lines("p")[^1].Text);
        Assert.Equal(ProcessState.Running, daemon.Info("q").State);
    }

    [Fact]
    public void Programs_are_told_to_print_in_colour_unless_the_user_said_otherwise()
    {
        var nothingSet = ChildEnvironment.Additions(_ => null);
        Assert.Equal("1", nothingSet["FORCE_COLOR"]);
        Assert.Equal("1", nothingSet["CLICOLOR_FORCE"]);
        Assert.Equal("xterm-256color", nothingSet["TERM"]);

        var dumb = ChildEnvironment.Additions(name => name == "TERM" ? "dumb" : null);
        Assert.DoesNotContain("TERM", dumb);
        Assert.Contains("FORCE_COLOR", dumb);

        var noColor = ChildEnvironment.Additions(name => name == "NO_COLOR" ? "1" : null);
        Assert.DoesNotContain("FORCE_COLOR", noColor);
        Assert.DoesNotContain("TERM", noColor);
    }
}
