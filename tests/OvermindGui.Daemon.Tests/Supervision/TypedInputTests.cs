using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Supervision;

/// <summary>What a person types reaches a process.</summary>
public class TypedInputTests
{
    private const int Timeout = 120_000;
    private const string Answers = "p: while read -r line; do echo \"got $line\"; done; echo end";

    [Theory(Timeout = Timeout)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Lines_are_read_in_their_order_and_shown_by_a_terminal_alone(bool onTerminal)
    {
        await using var daemon = await StartAsync(onTerminal, Answers);

        Assert.True((await daemon.TypeAsync("p", "one\n")).Succeeded);
        Assert.True((await daemon.TypeAsync("p", "zwei ü ∞\n")).Succeeded);

        await daemon.WaitForLineAsync("p", "got zwei ü ∞");
        var output = daemon.Output("p").Select(l => l.Text).ToList();
        Assert.Equal(["got one", "got zwei ü ∞"], output.Where(text => text.StartsWith("got", StringComparison.Ordinal)));
        Assert.Equal(onTerminal ? ["one", "zwei ü ∞"] : [], output.Where(text => !text.StartsWith("got", StringComparison.Ordinal)));
        using var context = daemon.Database.CreateDbContext();
        Assert.All(context.Commands, command => Assert.Null(command.Argument));
    }

    [Theory(Timeout = Timeout)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Enter_ends_a_line_on_a_terminal_and_over_pipes(bool onTerminal)
    {
        await using var daemon = await StartAsync(onTerminal, Answers);

        await daemon.TypeAsync("p", "one\r");
        await daemon.TypeAsync("p", "two\r");

        await daemon.WaitForLineAsync("p", "got one");
        await daemon.WaitForLineAsync("p", "got two");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_line_end_is_not_added()
    {
        await using var daemon = await StartAsync(onTerminal: false, Answers);

        await daemon.TypeAsync("p", "first ");
        await daemon.TypeAsync("p", "second\n");

        await daemon.WaitForLineAsync("p", "got first second");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_process_that_does_not_run_or_is_not_one_is_reported()
    {
        await using var daemon = await StartAsync(onTerminal: true, "p: exit 0", "q: sleep 1000");
        await daemon.WaitForEndAsync("p");

        Assert.Equal(new CommandOutcome(false, "p is not running"), await daemon.TypeAsync("p", "x\n"));
        Assert.Equal(new CommandOutcome(false, "Unknown process: nobody (known: p, q)"), await daemon.TypeAsync("nobody", "x\n"));
        Assert.Equal(new CommandOutcome(false, "* means 2 processes: p, q"), await daemon.TypeAsync("*", "x\n"));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_process_that_does_not_read_is_reported_and_can_be_stopped()
    {
        await using var daemon = await StartAsync(onTerminal: false, "p: exec sleep 1000");

        Assert.Equal(new CommandOutcome(false, "p does not read what is typed"), await daemon.TypeAsync("p", new string('x', 1_000_000)));

        Assert.Equal(new CommandOutcome(true, "Stopped p"), await daemon.SendAsync(CommandKind.Stop, "p"));
    }

    private static Task<TestDaemon> StartAsync(bool onTerminal, params string[] procfile) =>
        onTerminal ? TestDaemon.StartAsync(procfile) : TestDaemon.StartOverPipesAsync(procfile);
}
