using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using OvermindGui.Web.Api;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Api;

/// <summary>Streams that are opened and not read: each costs a bounded buffer, for a bounded time, and there is a bound to their number.</summary>
public sealed class UnreadStreamTests
{
    private const int Timeout = 120_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = Timeout)]
    [InlineData("short")]
    [InlineData("long")] // a single line that exceeds the buffer
    public async Task A_reader_that_takes_nothing_is_disconnected_and_goes_on_where_it_was(string kind)
    {
        var project = new StoredProject().WithDatabase().WithLivingDaemon().WithProcess("web");
        await using var server = await RunningServer.StartAsync(project, patience: TimeSpan.FromSeconds(2));
        // More than all buffers on the way hold.
        for (var i = 0; i < 20; i++)
            project.Append("web", Enumerable.Repeat(kind == "long" ? new string('<', 64_000) : new string('x', 30_000), 20));

        using var unread = await OpenAsync(server);
        var port = ((IPEndPoint)unread.LocalEndPoint!).Port;
        await Eventually.TrueAsync(() => !IsEstablished(port));

        // As an EventSource does; on a busy machine it may itself be disconnected and go on.
        var read = new List<long> { 1 };
        while (read[^1] < 400)
        {
            await using var stream = await EventReader.OpenAsync(server, lastEventId: read[^1].ToString(CultureInfo.InvariantCulture));
            while (read[^1] < 400 && await stream.TryNextAsync("line") is { } line) read.Add(line.LineId);
        }

        Assert.Equal(Sample.Range(1, 400), read);
    }

    [Fact(Timeout = Timeout)]
    public async Task No_more_may_be_open_than_can_be_afforded_and_other_requests_are_served()
    {
        await using var server = await RunningServer.StartAsync(new StoredProject().WithDatabase().WithLivingDaemon().WithProcess("web"));
        var streams = new List<EventReader>();
        for (var i = 0; i < StreamLimit.Most; i++) streams.Add(await EventReader.OpenAsync(server));

        using (var refused = await server.Client.GetAsync(new Uri("/api/output/stream", UriKind.Relative), Cancellation))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
            Assert.Equal("""{"error":"256 streams are open, and no more may be; close some"}""", await refused.Content.ReadAsStringAsync(Cancellation));
        }

        using (var page = await server.Client.GetAsync(new Uri("/", UriKind.Relative), Cancellation)) Assert.Equal(HttpStatusCode.OK, page.StatusCode);

        foreach (var stream in streams) await stream.DisposeAsync();
        await Eventually.TrueAsync(async () => await StatusAsync(server) != HttpStatusCode.TooManyRequests);
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningServer server)
    {
        using var answer = await server.Client.GetAsync(
            new Uri("/api/output/stream", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancellation);
        return answer.StatusCode;
    }

    // Takes the first event and then nothing more.
    private static async Task<Socket> OpenAsync(RunningServer server)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(IPAddress.Loopback, server.Address.Port, Cancellation);
        await socket.SendAsync(
            Encoding.ASCII.GetBytes($"GET /api/output/stream?after=0 HTTP/1.1\r\nHost: localhost:{server.Address.Port}\r\n\r\n"), Cancellation);
        await socket.ReceiveAsync(new byte[1024], Cancellation);
        return socket;
    }

    private static bool IsEstablished(int port) => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
        .Any(connection => connection.LocalEndPoint.Port == port && connection.State == TcpState.Established);
}
