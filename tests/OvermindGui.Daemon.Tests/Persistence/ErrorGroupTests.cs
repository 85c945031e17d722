using OvermindGui.Core.Contracts;
using OvermindGui.Core.Errors;
using OvermindGui.Core.Output;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Persistence;

/// <summary>What the daemon stores of errors, from the process to the groups.</summary>
public class ErrorGroupTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task Equal_errors_of_a_process_are_one_group_and_an_exit_is_none()
    {
        await using var daemon = await TestDaemon.StartAsync(
            "web: echo ready; for i in 1 2 3; do echo \"Error: request $i timed out\"; echo '    at handle (/app/a.js:1:2)'; done; echo 'info: all is well'; exit 3");
        await daemon.OutputAfterEndAsync("web");

        var group = Groups(daemon).Single();
        Assert.Equal(("web", 3L, "Error: request 3 timed out"), (group.Process, group.Count, group.Text));
        Assert.True(group.IsNew);
    }

    [Fact(Timeout = Timeout)]
    public async Task Tracebacks_are_grouped_by_their_exceptions()
    {
        const string Traceback = "printf 'Traceback (most recent call last):\\n  File \"a.py\", line 1, in f\\n%s\\n'";
        await using var daemon = await TestDaemon.StartAsync($"web: {Traceback} 'ValueError: 1 is wrong'; {Traceback} 'ValueError: 2 is wrong'; {Traceback} 'OSError: it is gone'");
        await daemon.OutputAfterEndAsync("web");

        Assert.Equal([("OSError: it is gone", 1L), ("ValueError: 2 is wrong", 2L)], Groups(daemon).Select(g => (g.Text, g.Count)));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_line_that_is_changed_leaves_its_group()
    {
        await using var daemon = await TestDaemon.StartAsync(
            @"web: printf 'Error: job 1 failed'; until [ -e go ]; do sleep 0.02; done; printf '\r\033[Kok\nError: job 2 failed\n'; exec sleep 1000");
        await daemon.WaitForLineAsync("web", "Error: job 1 failed");
        Assert.Equal("Error: job 1 failed", Groups(daemon).Single().Text);

        await File.WriteAllTextAsync(Path.Combine(daemon.Folder.Root, "go"), "", TestContext.Current.CancellationToken);
        await daemon.WaitForLineAsync("web", "Error: job 2 failed");
        Assert.Equal(("Error: job 2 failed", 1L), Groups(daemon).Select(g => (g.Text, g.Count)).Single());
    }

    [Fact(Timeout = Timeout)]
    public async Task An_error_that_the_run_before_had_is_not_new()
    {
        await using var daemon = await TestDaemon.StartAsync("web: echo 'Error: it fails'; [ -e go ] && echo 'Error: something else'; exec sleep 1000");
        await daemon.WaitForLineAsync("web", "Error: it fails");
        await File.WriteAllTextAsync(Path.Combine(daemon.Folder.Root, "go"), "", TestContext.Current.CancellationToken);
        await daemon.SendAsync(CommandKind.Restart, "web");
        await daemon.WaitForLineAsync("web", "Error: something else");

        Assert.Equal([("Error: something else", true), ("Error: it fails", false)], Groups(daemon).Select(g => (g.Text, g.IsNew)));
    }

    private static IReadOnlyList<ErrorGroup> Groups(TestDaemon daemon) =>
        new ErrorHistory(daemon.Database).Read(new ErrorFilter(ProcessFilter.Everything), TimeProvider.System.GetUtcNow()).Groups;
}
