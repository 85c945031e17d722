using System.Net;
using System.Net.Sockets;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>Restart and shutdown, with what they promise to who asked.</summary>
public class ApiEndingTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task A_restart_keeps_port_daemon_and_processes_and_a_stream_goes_on_without_loss()
    {
        using var folder = new TestFolder("web: i=0; while [ $i -lt 100000 ]; do i=$((i+1)); echo $i; [ $((i % 500)) -ne 0 ] || sleep 0.05; done; sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        using var api = new ApiClient(server);
        var (pids, daemon) = (server.Pids(), server.Snapshot().DaemonPid);
        var seen = new List<(long Id, string Text)>();
        var restarted = false;

        try
        {
            await foreach (var line in api.LinesAsync("?process=web&after=0"))
            {
                seen.Add(line);
                if (seen.Count < 300 || restarted) continue;
                using var other = new ApiClient(server);
                var (status, answer) = await other.PostAsync("/api/restart");
                Assert.Equal((HttpStatusCode.OK, """{"success":true,"message":"Server restart initiated"}"""), (status, answer.GetRawText()));
                restarted = true;
            }
        }
        catch (IOException) when (restarted)
        {
            // a stream that is in the middle of much is cut
        }

        var atRestart = seen.Count;
        while (seen.Count < atRestart + 3_000)
        {
            using var again = new ApiClient(server);
            try
            {
                await foreach (var line in again.LinesAsync($"?process=web&after={seen[^1].Id}"))
                {
                    seen.Add(line);
                    if (seen.Count == atRestart + 3_000) break;
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken); // it is not back yet
            }
        }

        Assert.Equal(Enumerable.Range(1, seen.Count - 1).Select(n => $"{n}"), seen.Skip(1).Select(l => l.Text)); // the first is the daemon's notice
        Assert.Equal((pids["web"], daemon), (server.Pids()["web"], server.Snapshot().DaemonPid));
        Assert.True(Server.IsAlive(server.Pid));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_shutdown_is_answered_and_then_nothing_is_left()
    {
        using var folder = new TestFolder("web: sleep 1000 & sleep 1000; wait", "deaf: trap '' TERM; while :; do sleep 1; done");
        await using var server = await Server.StartAsync(folder.Folder);
        using var api = new ApiClient(server);
        var pids = server.Pids().Values.Append(server.Snapshot().DaemonPid).ToList();

        var (status, answer) = await api.PostAsync("/api/shutdown");

        Assert.Equal((HttpStatusCode.OK, true), (status, answer.GetProperty("success").GetBoolean()));
        await server.WaitForExitAsync();
        Assert.Equal(0, server.ExitCode);
        await Server.WaitForDeathAsync(pids);
        Assert.False(DaemonLock.IsHeld(folder.Folder));
        using var client = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(
            () => client.ConnectAsync("127.0.0.1", server.Address.Port, TestContext.Current.CancellationToken).AsTask());
    }

    [Fact(Timeout = Timeout)]
    public async Task A_shutdown_that_leaves_a_process_behind_says_so_and_the_dashboard_stays()
    {
        // Over pipes nothing hangs it up when its daemon dies, and SIGTERM does not end it.
        using var folder = new TestFolder("deaf: trap '' TERM HUP; echo ready; while :; do sleep 1; done");
        await using var server = await Server.StartAsync(folder.Folder, "--no-pty");
        using var api = new ApiClient(server);
        await server.FirstLineOfAsync("deaf");
        var pid = server.Pids()["deaf"]!.Value;
        try
        {
            var asked = api.PostAsync("/api/shutdown");
            await Eventually.TrueAsync(() => server.Snapshot().Processes[0].State == ProcessState.Stopping);
            _ = Server.SendSignal(server.Snapshot().DaemonPid!.Value, Server.Kill);

            var (status, answer) = await asked;

            Assert.Equal((HttpStatusCode.InternalServerError, false), (status, answer.GetProperty("success").GetBoolean()));
            Assert.Contains($"deaf (PID {pid})", answer.GetProperty("error").GetString(), StringComparison.Ordinal);
            Assert.Equal($$"""[{"kind":"process","name":"deaf","pid":{{pid}}}]""", answer.GetProperty("survived").GetRawText());
            Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("/api/state")).Status);
        }
        finally
        {
            _ = Server.SendSignal(-pid, Server.Kill);
        }

        await Server.WaitForDeathAsync([pid]);
        Assert.True((await api.PostAsync("/api/shutdown")).Body.GetProperty("success").GetBoolean());
        await server.WaitForExitAsync();
    }
}
