using System.Net;
using System.Net.Sockets;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Resources;
using OvermindGui.Daemon.Tests.Supervision.Readiness;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Resources;

/// <summary>Where processes really listen.</summary>
public sealed class PortTests
{
    private const int Timeout = 60_000;

    private static int _lastPort = 21_500 + (Environment.ProcessId % 400);

    // In a subshell: a descendant's port counts too.
    private static string Listen(int tcp, int udp) =>
        $"(perl -MIO::Socket -e '$t = IO::Socket::INET->new(Listen => 1, LocalAddr => \"127.0.0.1\", LocalPort => {tcp}) or die $!; "
        + $"$u = IO::Socket::INET->new(Proto => \"udp\", LocalAddr => \"127.0.0.1\", LocalPort => {udp}) or die $!; sleep 1000'); true";

    [Fact(Timeout = Timeout)]
    public async Task Ports_of_a_process_are_recorded_and_forgotten_with_its_run()
    {
        var (tcp, udp) = (Free(), FreeUdp());
        await using var daemon = await TestDaemon.StartAsync($"web: {Listen(tcp, udp)}", "other: sleep 1000");

        await daemon.UntilAsync(() => daemon.Info("web").Listening == $"{tcp} {udp}/udp"); // it opens one after the other
        Assert.Equal($"listens on {tcp} {udp}/udp, not on {daemon.Info("web").Port}", daemon.Info("web").OtherPorts);
        Assert.Null(daemon.Info("other").Listening);

        await daemon.SendAsync(CommandKind.Stop, "web");
        Assert.Null(daemon.Info("web").Listening);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_owner_of_a_port_is_named_with_its_project()
    {
        var tcp = Free();
        await using var daemon = await TestDaemon.StartAsync($"web: {Listen(tcp, FreeUdp())}");
        await daemon.UntilAsync(() => daemon.Info("web").Listening is not null);

        var owner = PortOwner.Of(tcp);

        Assert.Equal(("web", daemon.Folder.Root), (owner?.Process, owner?.Project));
        Assert.Contains("perl", owner!.Holder.Command, StringComparison.Ordinal);
        using var own = new TcpListener(IPAddress.Loopback, 0);
        own.Start();
        Assert.Equal((Environment.ProcessId, null), (PortOwner.Of(((IPEndPoint)own.LocalEndpoint).Port)!.Holder.Pid, PortOwner.Of(((IPEndPoint)own.LocalEndpoint).Port)!.Process));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_process_is_ready_when_one_of_its_own_listens()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var port = ((IPEndPoint)server.LocalEndpoint).Port;
        Assert.True((await ReadyProbes.Of(Check(null), pids: Environment.ProcessId).RunAsync(TestContext.Current.CancellationToken)).IsReady);
        Assert.True((await ReadyProbes.Of(Check(port), pids: Environment.ProcessId).RunAsync(TestContext.Current.CancellationToken)).IsReady);

        // Another program on the port is not the process.
        var time = new SkippableTime();
        var ready = ReadyProbes.Of(Check(port), time).RunAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => ready.IsCompleted, () => time.Skip(ReadyProbes.Timeout));

        Assert.Contains($"another program holds port {port}", (await ready).Problem, StringComparison.Ordinal);
    }

    private static PortReady Check(int? port) => new(port, ReadyProbes.Interval, ReadyProbes.Timeout);

    private static int Free() => Free(port =>
    {
        using var probe = new TcpListener(IPAddress.Loopback, port);
        probe.Start();
    });

    private static int FreeUdp() => Free(port => new UdpClient(new IPEndPoint(IPAddress.Loopback, port)).Dispose());

    // Below those that clients are given, which come and go meanwhile.
    private static int Free(Action<int> bind)
    {
        while (true)
        {
            try
            {
                bind(++_lastPort);
                return _lastPort;
            }
            catch (SocketException)
            {
                // taken: the next one
            }
        }
    }
}
