using System.Diagnostics;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Supervision;

/// <summary>A process that asks a question is marked, with the real programs.</summary>
public class InputDetectionTests
{
    private const int Timeout = 120_000;

    [Theory(Timeout = Timeout)]
    [InlineData("printf 'Overwrite? [y/N] '; read x; echo got $x; exec sleep 1000", InputWait.Text)]
    [InlineData("python3 -c 'print(\"got\", input(\"Name: \"), flush=True); import time; time.sleep(1000)'", InputWait.Text)]
    [InlineData("python3 -c 'import getpass, time; print(\"got\", len(getpass.getpass()) and \"yes\", flush=True); time.sleep(1000)'", InputWait.Password)]
    [InlineData("python3 -c 'import select, sys, time; print(end=\"Go on? \", flush=True); select.select([0], [], []); print(\"got\", input(), flush=True); time.sleep(1000)'", InputWait.Text)]
    public async Task One_that_waits_for_an_answer_is_marked_until_it_gets_one(string command, InputWait expected)
    {
        await using var daemon = await TestDaemon.StartAsync([$"p: {command}"]);

        var asking = await daemon.WaitForAsync("p", p => p.WaitingForInput is not null);
        Assert.True((await daemon.TypeAsync("p", "yes\n")).Succeeded);
        await daemon.WaitForLineAsync("p", "got yes");
        var answered = await daemon.WaitForAsync("p", p => p.WaitingForInput is null);

        Assert.Equal((ProcessState.Running, expected), (asking.State, asking.WaitingForInput));
        Assert.Equal("waiting for input", StateWords.Of(asking, DateTimeOffset.UtcNow).Word);
        Assert.Equal(ProcessState.Running, answered.State);
        var typed = daemon.Output("p").Count(l => l.Text != "got yes" && l.Text.Contains("yes", StringComparison.Ordinal));
        Assert.Equal(expected == InputWait.Password ? 0 : 1, typed);
    }

    [Fact(Timeout = Timeout)]
    public async Task One_that_computes_behind_an_unfinished_line_or_waits_for_something_else_is_not_marked()
    {
        await using var daemon = await TestDaemon.StartAsync(
        [
            "computes: printf 'Continue? '; while :; do :; done",
            "sleeps: printf 'Loading: '; exec sleep 1000",
            "reads-a-pipe: sleep 1000 | { printf 'Name: '; read x; }",
            "polls: python3 -c 'import select; print(end=\"50 %\", flush=True); select.select([0], [], [])'",
            "full-line: echo 'Name:'; read x",
            "asks: printf 'Name: '; read x",
        ]);

        // Those that print first are looked at first, and again before the last one is.
        await daemon.WaitForAsync("asks", p => p.WaitingForInput == InputWait.Text);
        await TypeUntilUnmarkedAsync(daemon, "asks", "first");
        await daemon.WaitForAsync("asks", p => p.WaitingForInput == InputWait.Text);

        Assert.Equal(["asks"], new SystemReader(daemon.Database).Read().Processes.Where(p => p.WaitingForInput is not null).Select(p => p.Name));
    }

    [Fact(Timeout = Timeout)]
    public async Task The_mark_comes_when_the_program_reads_later_and_goes_when_the_line_goes_on_or_the_run_ends()
    {
        await using var daemon = await TestDaemon.StartAsync(
            ["p: printf 'Name: '; sleep 1; read -r x; while :; do printf 'and town: '; read -r x; done"]);
        await daemon.WaitForAsync("p", p => p.WaitingForInput is not null);

        await TypeUntilUnmarkedAsync(daemon, "p", "\n");
        await daemon.WaitForAsync("p", p => p.WaitingForInput is not null);
        await daemon.SendAsync(CommandKind.Stop, "p");

        Assert.Null((await daemon.WaitForAsync("p", p => p.State == ProcessState.Stopped)).WaitingForInput);
        using var context = daemon.Database.CreateDbContext();
        Assert.Null(context.Statuses.Single().WaitingForInput);
    }

    // The mark is away for half a second only, which a look may miss.
    private static Task TypeUntilUnmarkedAsync(TestDaemon daemon, string process, string text)
    {
        var typed = 0L;
        return daemon.UntilAsync(() =>
        {
            if (daemon.Info(process).WaitingForInput is null) return true;
            if (typed == 0 || Stopwatch.GetElapsedTime(typed) > TimeSpan.FromSeconds(2))
            {
                _ = daemon.TypeAsync(process, text);
                typed = Stopwatch.GetTimestamp();
            }

            return false;
        });
    }
}
