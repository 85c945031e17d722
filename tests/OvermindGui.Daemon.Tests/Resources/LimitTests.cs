using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Resources;

public class LimitTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task A_leak_meets_its_limit_and_the_cause_is_named_everywhere()
    {
        await using var daemon = await StartAsync("  web: {max_memory: 120M}\n", $"web: {Dummy.Leak(30)}");

        await daemon.UntilAsync(() => daemon.Causes("web").Count >= 2);

        Assert.Equal(["daemon start", "max_memory"], daemon.Causes("web").Take(2));
        Assert.StartsWith("limit:memory ", StartedBy(daemon)[1], StringComparison.Ordinal);
        Assert.EndsWith("above its limit of 120 MB", StartedBy(daemon)[1], StringComparison.Ordinal);
        var notice = daemon.Lines("web").First(l => l.Text.StartsWith("Memory", StringComparison.Ordinal)).Text;
        Assert.Matches(@"^Memory \d+ MB, above its limit of 120 MB: stopping, and starting again after 1 s$", notice);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_busy_loop_is_restarted_after_its_time_and_a_quiet_process_is_not()
    {
        await using var daemon = await StartAsync("  busy: {max_cpu: 5% for 5s}\n  idle: {max_cpu: 5% for 5s}\n", "busy: while :; do :; done", "idle: exec sleep 1000");

        await daemon.UntilAsync(() => daemon.Causes("busy").Count >= 2);

        Assert.Equal(["daemon start", "max_cpu"], daemon.Causes("busy").Take(2));
        Assert.Single(daemon.Causes("idle"));
    }

    private static Task<TestDaemon> StartAsync(string processes, params string[] procfile) =>
        TestDaemon.StartPlannedAsync(new PlanOptions(), [("overmind-gui.yaml", "processes:\n" + processes)], TimeProvider.System, procfile);

    private static List<string?> StartedBy(TestDaemon daemon)
    {
        using var context = daemon.Database.CreateDbContext();
        return [.. context.Runs.OrderBy(r => r.Id).Select(r => r.StartedBy)];
    }
}
