using System.Net;
using System.Net.Sockets;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Supervision.Readiness;

public class LivenessTests
{
    private const int Timeout = 120_000;
    private const string Fast = "interval: 100ms, timeout: 300ms, failures: 2, start_period: 1ms";

    [Fact(Timeout = Timeout)]
    public async Task A_server_that_hangs_is_restarted()
    {
        var port = FreePort();
        await using var daemon = await StartAsync(
            $$"""  web: {ready: {http: "http://localhost:{{port}}/"}, liveness: { {{Fast}} } }""", $"web: {Dummy.Hang(port)}");

        await daemon.UntilAsync(() => daemon.Causes("web").Count >= 2);

        Assert.Equal(["daemon start", "liveness"], daemon.Causes("web").Take(2));
        Assert.Contains("Unhealthy: no answer within 300ms (2 times in a row)", daemon.Lines("web").Select(l => l.Text));
    }

    [Fact(Timeout = Timeout)]
    public async Task One_that_is_only_reported_is_unhealthy_beside_running_until_it_works_again()
    {
        await using var daemon = await StartAsync(
            $$"""  web: {liveness: {command: "! test -e sick", action: alert, interval: 100ms, timeout: 20s, failures: 2, start_period: 1ms} }""", "web: exec sleep 1000");
        await daemon.WaitForAsync("web", p => p is { State: ProcessState.Running, Healthy: true });

        var sick = Path.Combine(daemon.Folder.Root, "sick");
        await File.WriteAllTextAsync(sick, "", TestContext.Current.CancellationToken);
        var unhealthy = await daemon.WaitForAsync("web", p => p.Healthy == false);
        File.Delete(sick);
        var healthy = await daemon.WaitForAsync("web", p => p.Healthy == true);

        Assert.Equal((ProcessState.Running, "unhealthy"), (unhealthy.State, StateWords.Of(unhealthy, DateTimeOffset.UtcNow).Word));
        Assert.Equal("it ended with code 1 (2 times in a row)", unhealthy.Reason);
        Assert.Null(healthy.Reason);
        Assert.Single(daemon.Causes("web"));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_line_that_stands_for_life_has_to_come_again_and_again()
    {
        await using var daemon = await StartAsync(
            "  web: {liveness: {log: beat, interval: 400ms, failures: 2, start_period: 1ms, action: alert}}",
            "web: for i in 1 2 3 4 5 6; do echo beat; sleep 0.1; done; exec sleep 1000");

        var silent = await daemon.WaitForAsync("web", p => p.Healthy == false);

        Assert.Equal("no line matched for 400ms (2 times in a row)", silent.Reason);
    }

    [Fact(Timeout = Timeout)]
    public async Task Codes_that_count_as_success_are_no_failure_and_complete_what_others_wait_for()
    {
        await using var daemon = await StartAsync(
            "  job: {success_codes: [0, 143], one_shot: true, restart: on-failure}\n  web: {depends_on: [job]}", "job: exit 143", "web: exec sleep 1000");

        await daemon.WaitForAsync("web", p => p.State == ProcessState.Running);

        Assert.Equal((ProcessState.Exited, 143, null), (daemon.Info("job").State, daemon.Info("job").Exit!.Value.Code, daemon.Info("job").RestartAt));
    }

    private static Task<TestDaemon> StartAsync(string processes, params string[] procfile) =>
        TestDaemon.StartPlannedAsync(new PlanOptions(), [("overmind-gui.yaml", $"processes:\n{processes}\n")], TimeProvider.System, procfile);

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"{((IPEndPoint)listener.LocalEndpoint).Port}";
    }
}
