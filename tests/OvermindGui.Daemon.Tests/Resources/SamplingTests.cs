using OvermindGui.Core.Contracts;
using OvermindGui.Core.Resources;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Resources;

public class SamplingTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task Who_asks_gets_a_measurement_at_once_of_a_process_and_all_that_it_started()
    {
        await using var daemon = await TestDaemon.StartAsync("web: sleep 1000 & sleep 1000 & echo up; wait", "gone: exit 0");
        await daemon.WaitForLineAsync("web", "up");
        await daemon.WaitForEndAsync("gone");

        Assert.True(await ResourceRequest.SendAsync(daemon.Folder, TestContext.Current.CancellationToken));

        var used = new ResourceHistory(daemon.Database).Latest(TimeProvider.System);
        var web = Assert.Single(used);
        Assert.Equal(("web", 2, 3), (web.Key, web.Value.Children, web.Value.Threads));
        Assert.InRange(web.Value.Memory, 100_000, 50_000_000);
        Assert.InRange(web.Value.OpenFiles, 3, 60);
        Assert.Equal(daemon.RunId("web"), web.Value.Run);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_child_that_left_session_and_parent_still_counts()
    {
        await using var daemon = await TestDaemon.StartAsync("web: (setsid sh -c 'echo away; exec sleep 1000' &); exec sleep 1000");
        await daemon.WaitForLineAsync("web", "away");

        await Eventually.TrueAsync(async () => // the shell between them may be there for a moment
        {
            await ResourceRequest.SendAsync(daemon.Folder, TestContext.Current.CancellationToken);
            return new ResourceHistory(daemon.Database).Latest(TimeProvider.System)["web"].Children == 1;
        });
    }

    [Fact(Timeout = Timeout)]
    public async Task A_busy_loop_uses_what_it_gets_of_a_core_and_a_sleeper_nothing()
    {
        await using var daemon = await TestDaemon.StartAsync("busy: while :; do :; done", "idle: exec sleep 1000");
        var history = new ResourceHistory(daemon.Database);

        await daemon.UntilAsync(() => history.Latest(TimeProvider.System) is var used
            && used.GetValueOrDefault("busy") is { Cpu: > 1 } busy // little, where much else runs
            && used.GetValueOrDefault("idle") is { } idle && idle.Cpu <= busy.Cpu / 2); // its start was work, too
    }

    [Fact(Timeout = Timeout)]
    public async Task Measurements_become_averages_of_a_minute_after_an_hour_and_of_a_quarter_of_an_hour_after_a_day()
    {
        var time = new SkippableTime();
        await using var daemon = await TestDaemon.StartKeepingAsync(new Retention(1000, TimeSpan.FromDays(30), 1 << 30), time, "web: sleep 1000");
        var run = daemon.RunId("web")!.Value;
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var (minute, quarter) = ((now - 7_200) / 60 * 60, (now - 3 * 86_400) / 900 * 900);
        using (var context = daemon.Database.CreateDbContext())
        {
            var web = context.KnownProcesses.Single(p => p.Name == "web").Id;
            for (var i = 0; i < 12; i++) context.Add(Sample(web, run, minute + 5 * i, 5, cpu: i, memory: 1_000 * i));
            for (var i = 0; i < 15; i++) context.Add(Sample(web, run, quarter + 60 * i, 60, cpu: 10, memory: 500));
            context.Add(Sample(web, run, now - 40 * 86_400, 900, cpu: 1, memory: 1));
            context.SaveChanges();
        }

        time.Skip(TimeSpan.FromMinutes(1));

        await daemon.UntilAsync(() => Samples(daemon).Count(s => s.Time < now - 3_600) == 2);
        var samples = Samples(daemon);
        Assert.Equal((60, 5.5, 11.0, 5_500, 11_000), samples.Where(s => s.Span == 60).Select(s => (s.Span, s.Cpu, s.CpuPeak, s.Memory, s.MemoryPeak)).Single());
        Assert.Equal((900, 10.0, 500), samples.Where(s => s.Span == 900).Select(s => (s.Span, s.Cpu, s.Memory)).Single());
        Assert.Equal(2, new ResourceHistory(daemon.Database).Of("web", UnixTime.FromSeconds(now - 30 * 86_400), UnixTime.FromSeconds(now - 60), 100).Count);
    }

    private static List<ResourceSample> Samples(TestDaemon daemon)
    {
        using var context = daemon.Database.CreateDbContext();
        return [.. context.ResourceSamples];
    }

    private static ResourceSample Sample(int process, long run, double at, int span, double cpu, long memory) => new()
    {
        ProcessId = process,
        RunId = run,
        Time = at,
        Span = span,
        Cpu = cpu,
        CpuPeak = cpu,
        Memory = memory,
        MemoryPeak = memory,
        Threads = 1,
        OpenFiles = 3,
        DiskRead = 0,
        DiskWritten = 0,
        Children = 0,
    };
}
