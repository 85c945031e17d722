using CliWrap;
using OvermindGui.Core.Contracts;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Supervision;

/// <summary>Alone in their process while they run: one of them counts its descriptors.</summary>
[CollectionDefinition(nameof(TerminalReadingTests), DisableParallelization = true)]
[Collection(nameof(TerminalReadingTests))]
public class TerminalReadingTests
{
    private const int Timeout = 120_000;

    [Theory(Timeout = Timeout)]
    [InlineData(1, 20)]
    [InlineData(4095, 20)]
    [InlineData(4096, 20)]
    [InlineData(65_537, 20)]
    [InlineData(100_000, 200)]
    public async Task No_byte_is_lost_when_a_process_prints_and_exits_at_once(int size, int runs)
    {
        for (var run = 0; run < runs; run++)
        {
            await using var child = await BareChild.StartAsync($"yes 0123456789abcde | head -c {size}; exit 3");

            Assert.Equal(new ExitStatus(3), await child.EndAsync());

            var printed = string.Concat(child.Lines.Select(l => l.Text + "\n"));
            var expected = string.Concat(Enumerable.Repeat("0123456789abcde\n", size / 16 + 1))[..size];
            Assert.Equal(expected.TrimEnd('\n'), printed.TrimEnd('\n'));
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task No_descriptor_is_left_behind_by_runs_on_terminals()
    {
        await RunAsync(5); // what is opened once for all
        var before = OpenDescriptors();

        await RunAsync(50);

        await Eventually.TrueAsync(() => OpenDescriptors() <= before); // what earlier tests left is closed meanwhile

        static async Task RunAsync(int runs)
        {
            for (var run = 0; run < runs; run++)
            {
                await using var child = await BareChild.StartAsync("echo hello");
                await child.EndAsync();
            }
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task The_reading_is_ended_although_a_grandchild_keeps_the_terminal_and_floods_it()
    {
        // It ends by itself when the terminal is gone: writing then fails.
        await using var child = await BareChild.StartAsync("setsid yes & sleep 1000");
        await Eventually.TrueAsync(() => child.Lines.Any());
        child.Process.Group.Signal(ProcessGroup.Terminate);
        await child.Process.Exited;
        Assert.False(child.Process.OutputEnded.IsCompleted);

        await child.DisposeAsync();

        Assert.True(child.Process.OutputEnded.IsCompletedSuccessfully);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_reading_ends_when_the_child_never_opened_its_terminal()
    {
        await using var child = await BareChild.StartAsync("ignored", (_, _, _) => Cli.Wrap("false"));

        Assert.Equal(new ExitStatus(1), await child.EndAsync());
    }

    [Fact(Timeout = Timeout)]
    public async Task Why_a_child_could_not_open_its_terminal_is_said_in_its_output()
    {
        await using var child = await BareChild.StartAsync(
            "ignored", (shell, command, _) => SessionCommands.WithSystemTools(shell, command, "/no/such/terminal"));

        Assert.NotEqual(new ExitStatus(0), await child.EndAsync());

        var line = Assert.Single(child.Lines);
        Assert.Equal(LineSource.StandardError, line.Source);
        Assert.Contains("/no/such/terminal", line.Text, StringComparison.Ordinal);
    }

    private static int OpenDescriptors() => Directory.EnumerateFileSystemEntries("/proc/self/fd").Count();
}
