using OvermindGui.Core.Contracts;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Supervision;

public class TerminalTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task A_process_has_a_terminal_on_every_stream_and_controls_it()
    {
        await using var daemon = await TestDaemon.StartAsync(
            "p: test -t 0 && test -t 1 && test -t 2 && echo three; echo from tty >/dev/tty; cat /proc/$$/stat; sleep 1000");
        await daemon.WaitForAsync("p", p => p.LineCount >= 4);

        var lines = daemon.Output("p").Select(l => l.Text).ToList();
        Assert.Equal(["three", "from tty"], lines[..2]);
        // proc_pid_stat(5): pid (name) state ppid pgrp session tty_nr tpgid
        var fields = lines[2].Split(' ');
        var pid = $"{daemon.Info("p").Pid}";
        Assert.Equal((pid, pid, pid), (fields[0], fields[4], fields[5]));
        Assert.NotEqual("0", fields[6]);
        Assert.Equal(pid, fields[7]); // in the foreground: it may read from the terminal
    }

    [Theory(Timeout = Timeout)]
    [InlineData(200, 50)]
    [InlineData(7, 1000)]
    public async Task The_terminal_has_the_size_that_was_asked_for(int columns, int lines)
    {
        await using var daemon = await TestDaemon.StartAsync(
            new TerminalSize(columns, lines), PipedProcesses.None, "p: stty size; echo ${COLUMNS:-unset} ${LINES:-unset}");

        Assert.Equal([$"{lines} {columns}", "unset unset"], await daemon.OutputAfterEndAsync("p"));
    }

    [Fact]
    public void The_size_is_200_by_50_unless_another_is_asked_for() => Assert.Equal(new TerminalSize(200, 50), TerminalSize.Default);

    [Fact(Timeout = Timeout)]
    public async Task The_streams_of_a_terminal_are_one()
    {
        await using var daemon = await TestDaemon.StartAsync("p: echo out; echo err >&2");

        Assert.Equal(["out", "err"], await daemon.OutputAfterEndAsync("p"));
        Assert.All(daemon.Output("p"), line => Assert.Equal(LineSource.Terminal, line.Stream));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_program_that_holds_back_what_it_prints_to_a_pipe_prints_its_first_line_at_once()
    {
        await using var daemon = await TestDaemon.StartAsync("p: (echo first; exec sleep 1000) | tr a-z A-Z");

        await daemon.WaitForLineAsync("p", "FIRST");

        Assert.Equal(ProcessState.Running, daemon.Info("p").State);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_named_processes_get_pipes_and_the_others_a_terminal()
    {
        await using var daemon = await TestDaemon.StartAsync(
            TerminalSize.Default, PipedProcesses.Parse("piped,other", "--no-pty"), "piped: echo hello", "other: echo hello", "p: echo hello");

        foreach (var name in new[] { "piped", "other", "p" }) await daemon.OutputAfterEndAsync(name);
        Assert.Equal(LineSource.StandardOutput, daemon.Output("piped").Single().Stream);
        Assert.Equal(LineSource.StandardOutput, daemon.Output("other").Single().Stream);
        Assert.Equal(LineSource.Terminal, daemon.Output("p").Single().Stream);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_choice_for_an_unknown_process_is_refused_with_the_known_ones()
    {
        var refusal = await Assert.ThrowsAsync<StartupException>(() => TestDaemon.StartAsync(
            TerminalSize.Default, PipedProcesses.Parse("wed", "--no-pty"), "web: sleep 1000", "worker: sleep 1000"));

        Assert.Equal("--no-pty: unknown process wed (known: web, worker)", refusal.Message);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_restart_opens_a_terminal_anew()
    {
        await using var daemon = await TestDaemon.StartAsync("p: test -t 0 && echo up; sleep 1000");
        await daemon.WaitForLineAsync("p", "up");

        await daemon.SendAsync(CommandKind.Restart, "p");

        await daemon.WaitForAsync("p", _ => daemon.Output("p").Count(l => l.Text == "up") == 2);
    }
}
