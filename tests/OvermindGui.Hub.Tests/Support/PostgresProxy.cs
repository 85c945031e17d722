using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using OvermindGui.Hub.Connecting;

namespace OvermindGui.Hub.Tests.Support;

/// <summary>What becomes of a message that passes a proxy.</summary>
internal enum Fate
{
    Pass,

    /// <summary>It does not arrive.</summary>
    Drop,

    /// <summary>It does not arrive, and the connection is cut on both sides.</summary>
    Cut,
}

/// <summary>A message of PostgreSQL's protocol, such as <c>d</c> for a part of a COPY, <c>C</c> for a command that is complete, <c>A</c> for a notification.</summary>
internal readonly record struct ProtocolMessage(char Type, bool FromServer, string Text);

/// <summary>Stands between clients and a PostgreSQL server, message by message: a network or a pooler that does what a test wants.</summary>
internal sealed class PostgresProxy : IAsyncDisposable
{
    private readonly string _socket;
    private readonly Func<ProtocolMessage, Fate> _fate;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _life;

    /// <param name="socket">The folder of the server's socket.</param>
    public PostgresProxy(string socket, Func<ProtocolMessage, Fate> fate)
    {
        (_socket, _fate) = (socket, fate);
        _listener.Start();
        _life = AcceptAsync();
    }

    public HubAddress Address(string database) => HubAddress.Parse(
        $"Host=127.0.0.1;Port={((IPEndPoint)_listener.LocalEndpoint).Port};Database={database};Username=owner;SSL Mode=Disable;GSS Encryption Mode=Disable",
        withPassword: true, out var problem) ?? throw new ArgumentException(problem);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _life.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true) connections.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token)));
        }
        finally
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using (client)
        {
            try
            {
                await server.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(_socket, ".s.PGSQL.5432")), _stop.Token);
                using var over = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
                var ways = new[] { PassAsync(client, server, fromServer: false, over.Token), PassAsync(server, client, fromServer: true, over.Token) };
                await Task.WhenAny(ways);
                await over.CancelAsync();
                await Task.WhenAll(ways);
            }
            catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
            {
                // one of the two is gone, and so is the connection
            }
        }
    }

    // Ends when a side ends, or the connection is to be cut.
    private async Task PassAsync(Socket from, Socket to, bool fromServer, CancellationToken cancellationToken)
    {
        await using var source = new NetworkStream(from);
        var isStart = !fromServer; // the first message of a client has no type
        var head = new byte[5];
        while (true)
        {
            var length = isStart ? 4 : 5;
            await source.ReadExactlyAsync(head.AsMemory(0, length), cancellationToken);
            var body = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(length - 4, 4)) - 4];
            await source.ReadExactlyAsync(body, cancellationToken);
            var fate = isStart ? Fate.Pass : _fate(new ProtocolMessage((char)head[0], fromServer, Encoding.Latin1.GetString(body)));
            if (fate == Fate.Cut) return;
            if (fate == Fate.Drop) continue;
            await to.SendAsync((byte[])[.. head[..length], .. body], cancellationToken);
            isStart = false;
        }
    }
}
