using System.Net;
using System.Net.Sockets;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Supervision.Readiness;

public class TcpProbeTests
{
    [Fact(Timeout = 120_000)]
    public async Task A_port_that_accepts_is_ready()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        Assert.True((await ReadyProbes.Of(Check(Port(server))).RunAsync(TestContext.Current.CancellationToken)).IsReady);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_name_stands_for_all_its_addresses()
    {
        foreach (var address in await Dns.GetHostAddressesAsync("localhost", TestContext.Current.CancellationToken)) // one or two
        {
            using var server = new TcpListener(address, 0);
            server.Start();
            Assert.True((await ReadyProbes.Of(Check(Port(server))).RunAsync(TestContext.Current.CancellationToken)).IsReady);
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task A_port_that_opens_later_is_ready_then()
    {
        var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var port = Port(server);
        server.Stop();

        var time = new SkippableTime();
        var ready = ReadyProbes.Of(Check(port), time).RunAsync(TestContext.Current.CancellationToken);
        Assert.False(ready.IsCompleted);
        using var again = new TcpListener(IPAddress.Loopback, port);
        again.Start();
        Assert.True((await ready).IsReady);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_port_that_stays_closed_times_out_and_says_why()
    {
        var time = new SkippableTime();
        var ready = ReadyProbes.Of(Check(1), time).RunAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => ready.IsCompleted, () => time.Skip(ReadyProbes.Timeout));

        var result = await ready;
        Assert.False(result.IsReady);
        Assert.Equal("not ready after 300 s; localhost:1: Connection refused", result.Problem);
    }

    [Fact(Timeout = 120_000)]
    public async Task Cancelling_ends_the_wait()
    {
        using var cancel = new CancellationTokenSource();
        var ready = ReadyProbes.Of(Check(1)).RunAsync(cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ready);
    }

    private static TcpReady Check(int port) => new("localhost", port, ReadyProbes.Interval, ReadyProbes.Timeout);

    private static int Port(TcpListener server) => ((IPEndPoint)server.LocalEndpoint).Port;
}
