using System.Globalization;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Supervision;

public class CaptureTests
{
    private const int Timeout = 120_000;

    [Theory(Timeout = Timeout)]
    [InlineData(1, 200_000, "")]
    [InlineData(8, 25_000, "")]
    [InlineData(1, 200_000, "true")]
    [InlineData(8, 25_000, "true")]
    public async Task Nothing_is_lost_when_processes_print_a_flood_and_exit_at_once(int processes, int lines, string piped)
    {
        var names = Enumerable.Range(1, processes).Select(i => $"p{i}").ToArray();
        await using var daemon = await TestDaemon.StartAsync(
            TerminalSize.Default, PipedProcesses.Parse(piped, "test"), [.. names.Select(n => $"{n}: {Dummy.Lines(lines)}")]);

        foreach (var name in names)
        {
            var printed = await daemon.OutputAfterEndAsync(name);
            Assert.Equal(lines, printed.Count);
            Assert.All(printed.Index(), line => Assert.Equal(line.Index, int.Parse(line.Item.AsSpan(0, 8), CultureInfo.InvariantCulture)));
            Assert.Equal(lines + 2, daemon.Info(name).LineCount); // and the notices of start and end
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task Empty_lines_and_a_last_line_without_newline_are_kept()
    {
        await using var daemon = await TestDaemon.StartAsync("p: " + Dummy.Bytes("a\n\n\nb"u8));

        Assert.Equal(["a", "", "", "b"], await daemon.OutputAfterEndAsync("p"));
    }

    [Fact(Timeout = Timeout)]
    public async Task Invalid_utf8_becomes_replacement_characters()
    {
        await using var daemon = await TestDaemon.StartAsync("p: " + Dummy.Bytes([.. "a"u8, 0xFF, .. "b\n"u8, 0xE2, 0x82]));

        Assert.Equal(["a\uFFFDb", "\uFFFD"], await daemon.OutputAfterEndAsync("p"));
    }

    [Fact(Timeout = Timeout)]
    public async Task Colours_become_style_and_other_escapes_disappear()
    {
        await using var daemon = await TestDaemon.StartAsync("p: " + Dummy.Bytes("\e]0;title\a\e[1;31mred\e[0m\e[?25l plain\n"u8));
        await daemon.OutputAfterEndAsync("p");

        var line = Assert.Single(daemon.Output("p"));
        Assert.Equal("red plain", line.Text);
        Assert.Equal("""[[0,3,"bold f1"],[3,6,""]]""", line.Style);
    }

    [Fact(Timeout = Timeout)]
    public async Task Both_streams_are_kept_and_over_pipes_kept_apart()
    {
        await using var daemon = await TestDaemon.StartOverPipesAsync("p: echo out; echo err >&2");
        await daemon.OutputAfterEndAsync("p");

        Assert.Equal(LineSource.StandardOutput, daemon.Output("p").Single(l => l.Text == "out").Stream);
        Assert.Equal(LineSource.StandardError, daemon.Output("p").Single(l => l.Text == "err").Stream);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_notices_stand_around_the_output_of_their_run()
    {
        await using var daemon = await TestDaemon.StartAsync("p: echo one; echo two; exit 3");
        await daemon.OutputAfterEndAsync("p");

        var pid = Assert.Single(daemon.Lines("p").Select(l => l.RunId).Distinct());
        Assert.NotNull(pid);
        Assert.Collection(
            daemon.Lines("p").Select(l => l.Text),
            text => Assert.StartsWith("Started with PID ", text, StringComparison.Ordinal),
            text => Assert.Equal("one", text),
            text => Assert.Equal("two", text),
            text => Assert.StartsWith("Exited with code 3 after ", text, StringComparison.Ordinal));
    }

    [Fact(Timeout = Timeout)]
    public async Task Each_line_is_stored_with_its_level_and_with_whether_it_continues_another()
    {
        await using var daemon = await TestDaemon.StartAsync(
            @"p: printf 'WARN slow\n\033[31mTraceback (most recent call last):\033[0m\n  File ""a.py"", line 1\nKeyError: 1\nready\n'; exit 3");
        await daemon.OutputAfterEndAsync("p");

        Assert.Equal(
            [(LineLevel.Warn, false), (LineLevel.Error, false), (LineLevel.Error, true), (LineLevel.Error, true), (LineLevel.None, false)],
            daemon.Output("p").Select(l => ((LineLevel)l.Level, l.Continues)));
        Assert.Equal(LineLevel.Error, (LineLevel)daemon.Lines("p")[^1].Level); // an end with a code is a failure
        Assert.Equal(LineLevel.None, (LineLevel)daemon.Lines("p")[0].Level);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_line_that_grows_gets_the_level_of_what_it_becomes()
    {
        await using var daemon = await TestDaemon.StartAsync(@"p: printf 'ERR'; sleep 0.4; printf 'OR it failed\n'; sleep 1000");
        await daemon.WaitForLineAsync("p", "ERROR it failed");
        Assert.Equal(LineLevel.Error, (LineLevel)daemon.Output("p").Single().Level);
    }

    [Fact(Timeout = Timeout)]
    public async Task Output_printed_while_stopping_is_kept()
    {
        await using var daemon = await TestDaemon.StartAsync("p: " + Dummy.LastOutput("saving everything"));
        await daemon.WaitForLineAsync("p", "ready");

        await daemon.SendAsync(CommandKind.Stop, "p");

        Assert.Equal("saving everything", daemon.Output("p").Last().Text);
        Assert.Equal(new ExitStatus(7), daemon.Info("p").Exit);
    }
}
