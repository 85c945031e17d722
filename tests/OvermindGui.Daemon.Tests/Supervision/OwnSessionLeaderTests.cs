using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Supervision;

/// <summary>Children started through our own executable, as on systems without setsid. The route is the same on all but for numbers.</summary>
public class OwnSessionLeaderTests
{
    private const int Timeout = 120_000;

    private static readonly SessionCommand WithSelf =
        SessionCommands.WithSelf(new SelfExecutable(Path.Combine(AppContext.BaseDirectory, "overmind-gui"), []));

    [Fact(Timeout = Timeout)]
    public async Task A_child_leads_a_session_with_a_terminal()
    {
        await using var child = await BareChild.StartAsync(
            "test -t 0 && test -t 1 && test -t 2 && echo three; echo from tty >/dev/tty; stty size; cat /proc/$$/stat; exit 7", WithSelf);

        Assert.Equal(new ExitStatus(7), await child.EndAsync());

        var lines = child.Lines.Select(l => l.Text).ToList();
        Assert.Equal(["three", "from tty", "50 200"], lines[..3]);
        var (fields, pid) = (lines[3].Split(' '), $"{child.Process.Pid}");
        Assert.Equal((pid, pid, pid, pid), (fields[0], fields[4], fields[5], fields[7]));
        Assert.All(child.Lines, line => Assert.Equal(LineSource.Terminal, line.Source));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_child_leads_a_session_over_pipes()
    {
        await using var child = await BareChild.StartAsync("cat /proc/$$/stat; echo err >&2; exit 7", WithSelf, onTerminal: false);

        Assert.Equal(new ExitStatus(7), await child.EndAsync());

        var (fields, pid) = (child.Lines.Single(l => l.Source == LineSource.StandardOutput).Text.Split(' '), $"{child.Process.Pid}");
        Assert.Equal((pid, pid, pid), (fields[0], fields[4], fields[5]));
        Assert.Equal("err", child.Lines.Single(l => l.Source == LineSource.StandardError).Text);
    }

    [Theory(Timeout = Timeout)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Signals_have_their_default_action(bool onTerminal)
    {
        await using var killed = await BareChild.StartAsync("kill -TERM $$", WithSelf, onTerminal);
        // In the shell's place: a shell blocks signals itself while it starts another program.
        await using var looking = await BareChild.StartAsync("exec grep -E 'SigIgn|SigBlk' /proc/self/status", WithSelf, onTerminal);

        Assert.Equal(new ExitStatus(128 + 15), await killed.EndAsync());
        Assert.Equal(new ExitStatus(0), await looking.EndAsync());

        Assert.Equal(2, looking.Lines.Count); // none blocked, none ignored
        Assert.All(looking.Lines, line => Assert.EndsWith(" 0000000000000000", line.Text.Replace('\t', ' '), StringComparison.Ordinal));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("@response")]
    [InlineData("--help")]
    [InlineData("printf '%s\n' a=b:c | cat")]
    public async Task The_command_reaches_the_shell_as_it_was_written(string command)
    {
        await using var byTools = await BareChild.StartAsync(command);
        await using var bySelf = await BareChild.StartAsync(command, WithSelf);

        Assert.Equal(await byTools.EndAsync(), await bySelf.EndAsync());
        Assert.Equal(byTools.Lines.Select(l => l.Text), bySelf.Lines.Select(l => l.Text));
    }

    [Fact(Timeout = Timeout)]
    public async Task Why_the_terminal_could_not_be_taken_is_said()
    {
        await using var child = await BareChild.StartAsync("ignored", (shell, command, _) => WithSelf(shell, command, "/no/such/terminal"));

        Assert.Equal(new ExitStatus(1), await child.EndAsync());

        Assert.Equal("Error: open /no/such/terminal: No such file or directory", Assert.Single(child.Lines).Text);
    }
}
