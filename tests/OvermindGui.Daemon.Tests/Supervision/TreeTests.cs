using System.Globalization;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Supervision;

/// <summary>Whatever a process makes of its children, nothing of it is left. Found by their arguments, not by what the daemon knows of them.</summary>
public class TreeTests
{
    private const int Timeout = 120_000;

    // How long they sleep sets them apart from those of other tests.
    private readonly string _sleep = $"sleep {Random.Shared.Next(1_000_000, int.MaxValue).ToString(CultureInfo.InvariantCulture)}";

    public static TheoryData<string, string> Trees => new()
    {
        { "in its group", "SLEEP & SLEEP" },
        { "in a session of its own", "setsid SLEEP & SLEEP" },
        { "forked twice, its parents gone", "(setsid sh -c 'SLEEP </dev/null >/dev/null 2>&1 &' &); SLEEP" },
        { "without any of its environment", "env -i $(command -v setsid) SLEEP & SLEEP" },
        { "forked twice, without its environment", "env -i /bin/sh -c 'exec setsid sh -c \"SLEEP & exit\" &'; SLEEP" },
        { "deaf in a session of its own", "setsid sh -c 'trap \"\" TERM; SLEEP; SLEEP; SLEEP' & SLEEP" },
        { "a zombie that is never waited for", "sleep 0 & exec SLEEP" },
        { "new ones all the time", "trap '' TERM; while :; do setsid SLEEP & sleep 0.02; done" },
    };

    [Theory(Timeout = Timeout)]
    [MemberData(nameof(Trees))]
    public async Task After_a_stop_nothing_is_left(string tree, string command)
    {
        await using var daemon = await StartAsync("p: " + command.Replace("SLEEP", _sleep, StringComparison.Ordinal));
        await daemon.UntilAsync(() => Sleeping().Count > 0, tree);
        await daemon.UntilAsync(() => command.IndexOf("SLEEP", StringComparison.Ordinal) == command.LastIndexOf("SLEEP", StringComparison.Ordinal) || Sleeping().Count > 1, tree);

        Assert.Equal(new CommandOutcome(true, "Stopped p"), await daemon.SendAsync(CommandKind.Stop, "p"));

        Assert.Empty(Sleeping());
        Assert.Equal(ProcessState.Stopped, daemon.Info("p").State);
    }

    [Theory(Timeout = Timeout)]
    [MemberData(nameof(Trees))]
    public async Task After_the_end_of_the_daemon_nothing_is_left(string tree, string command)
    {
        await using var daemon = await StartAsync("p: " + command.Replace("SLEEP", _sleep, StringComparison.Ordinal));
        await daemon.UntilAsync(() => Sleeping().Count > 0, tree);

        await daemon.StopAsync();

        Assert.Empty(Sleeping());
    }

    [Fact(Timeout = Timeout)]
    public async Task What_a_leader_leaves_that_ends_by_itself_goes_with_it()
    {
        await using var daemon = await StartAsync($"p: setsid {_sleep} </dev/null >/dev/null 2>&1 & until [ -e go ]; do sleep 0.02; done; exit 4");
        await daemon.UntilAsync(() => Sleeping().Count == 1);
        daemon.Save("go", "");

        await daemon.OutputAfterEndAsync("p");

        Assert.Empty(Sleeping());
        Assert.Equal(new ExitStatus(4), daemon.Info("p").Exit);
    }

    [Fact(Timeout = Timeout)]
    public async Task Twenty_that_ignore_the_request_are_killed_side_by_side()
    {
        await using var daemon = await StartAsync([.. Enumerable.Range(1, 20).Select(n => $"p{n}: trap '' TERM; {_sleep}; {_sleep}")]);
        await daemon.UntilAsync(() => Sleeping().Count == 20);

        await daemon.SendAsync(CommandKind.Stop, null);

        Assert.Empty(Sleeping());
        Assert.All(Enumerable.Range(1, 20), n => Assert.Equal(9, daemon.Info($"p{n}").Exit?.Signal));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_stop_touches_no_other()
    {
        await using var daemon = await StartAsync($"p: setsid {_sleep} & {_sleep}", $"q: setsid {_sleep} & {_sleep}");
        await daemon.UntilAsync(() => Sleeping().Count == 4);

        await daemon.SendAsync(CommandKind.Stop, "p");

        Assert.Equal(2, Sleeping().Count);
        Assert.Equal(ProcessState.Running, daemon.Info("q").State);
    }

    private static Task<TestDaemon> StartAsync(params string[] procfile)
    {
        var entries = string.Concat(procfile.Select(line => $"  {line.Split(':')[0]}: {{timeout: 1s}}\n"));
        return TestDaemon.StartPlannedAsync(new PlanOptions(), [("overmind-gui.yaml", "processes:\n" + entries)], TimeProvider.System, procfile);
    }

    private List<int> Sleeping() => [.. ProcessEntry.AllPids().Where(pid => Arguments(pid) == _sleep && ProcessEntry.Of(pid) is { Runs: true })];

    private static string? Arguments(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").TrimEnd('\0').Replace('\0', ' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // ended while we looked
        }
    }
}
