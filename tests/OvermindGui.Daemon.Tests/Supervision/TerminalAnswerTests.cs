using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Supervision;

/// <summary>Programs that ask their terminal and wait for the answer, and programs that end on the alternate screen.</summary>
public class TerminalAnswerTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task A_program_that_asks_for_the_cursor_goes_on_and_the_answer_is_not_in_the_log()
    {
        await using var daemon = await TestDaemon.StartAsync(
            """p: bash -c 'printf "\033[6n"; IFS= read -rs -d R p; echo "got ${p#*[}"; sleep 1000'""");

        await daemon.WaitForLineAsync("p", "got 1;1");
        Assert.Equal(["got 1;1"], daemon.Output("p").Select(line => line.Text));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("processes: {}", "0f0f/1717/2a2a")]
    [InlineData("terminal_colors: light", "ffff/ffff/ffff")]
    public async Task A_program_is_told_the_colours_of_the_page_or_those_of_the_settings_file(string settings, string background)
    {
        await using var daemon = await TestDaemon.StartPlannedAsync(
            new(), [("overmind-gui.yaml", settings + "\n")], TimeProvider.System,
            """p: bash -c 'printf "\033]11;?\a"; IFS= read -rs -d $(printf "\a") p; echo "got ${p##*:}"; sleep 1000'""");

        await daemon.WaitForLineAsync("p", $"got {background}");
    }

    [Fact(Timeout = Timeout)]
    public async Task An_answer_is_not_echoed_even_where_the_program_has_echo_on()
    {
        await using var daemon = await TestDaemon.StartAsync(
            """p: bash -c 'stty echo; for i in 1 2 3; do printf "\033[6n"; IFS= read -r -d R p; echo "got ${p#*[}"; done; until stty -a | grep -o " echo "; do sleep 0.1; done; sleep 1000'""");

        await daemon.WaitForLineAsync("p", " echo ");
        Assert.Equal(["got 1;1", "got 2;1", "got 3;1", " echo "], daemon.Output("p").Select(line => line.Text));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_program_that_asks_without_end_and_reads_nothing_holds_up_nothing()
    {
        await using var daemon = await TestDaemon.StartAsync(
            """p: python3 -c 'import sys; sys.stdout.write("\033[6n" * 200000 + "done\n"); sys.stdout.flush(); import time; time.sleep(1000)'""");

        await daemon.WaitForLineAsync("p", "done");
    }

    [Fact(Timeout = Timeout)]
    public async Task Over_pipes_nothing_is_answered()
    {
        await using var daemon = await TestDaemon.StartOverPipesAsync(
            """p: bash -c 'printf "\033[6nasked\n"; IFS= read -rs -t 1 -d R p || echo "no answer"'""");

        Assert.Equal(["asked", "no answer"], await daemon.OutputAfterEndAsync("p"));
    }

    [Fact(Timeout = Timeout)]
    public async Task Text_after_a_full_screen_program_was_killed_is_log_again()
    {
        await using var daemon = await TestDaemon.StartAsync(
            """p: python3 -c 'import os, sys; sys.stdout.write("\033[?1049h\033[5;1Hdrawn"); sys.stdout.flush(); import time; time.sleep(0.5); os.kill(os.getpid(), 9)'; echo after; sleep 1000""");

        await daemon.WaitForLineAsync("p", "after");
        Assert.Equal(
            [LineAssembler.FullScreenMarker, LineAssembler.LastScreenMarker, "drawn"],
            daemon.Output("p").Select(line => line.Text).Where(text => text.Length > 0 && !text.Contains("Killed", StringComparison.Ordinal)).Take(3));
    }

    [Fact(Timeout = Timeout)]
    public async Task Text_after_a_full_screen_program_that_left_as_it_should_follows_the_mark()
    {
        await using var daemon = await TestDaemon.StartAsync(
            """p: for i in 1 2 3; do python3 -c 'import sys; sys.stdout.write("\033[?1049h\033[5;1Hdrawn\033[?1049l"); sys.stdout.flush()'; echo after $i; done""");

        var marker = LineAssembler.FullScreenMarker;
        Assert.Equal([marker, "after 1", marker, "after 2", marker, "after 3"], await daemon.OutputAfterEndAsync("p"));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_panic_on_the_alternate_screen_is_kept_when_the_process_ends_there()
    {
        await using var daemon = await TestDaemon.StartAsync("""p: printf 'before\n\033[?1049h\033[H\033[2J\033[3;1Hpanic: boom\n'; exit 2""");

        Assert.Equal(
            ["before", LineAssembler.FullScreenMarker, LineAssembler.LastScreenMarker, "panic: boom"], await daemon.OutputAfterEndAsync("p"));
    }
}
