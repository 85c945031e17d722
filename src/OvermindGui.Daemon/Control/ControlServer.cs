using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Timing;

namespace OvermindGui.Daemon.Control;

/// <summary>
/// The daemon's socket: takes clients of its own user and hands their requests to the handler of each type. It needs no database, and no client
/// keeps another one waiting: each has its own session, and when there are too many, the one that has been idle longest makes room.
/// </summary>
internal sealed class ControlServer : IAsyncDisposable
{
    /// <summary>Clients at a time.</summary>
    public const int MostClients = 64;

    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(5); // once all outcomes are known

    private readonly ProjectFolder _folder;
    private readonly Dictionary<string, IControlRequestHandler> _handlers;
    private readonly ILogger<ControlServer> _logger;
    private readonly Lock _gate = new();
    private readonly Dictionary<ControlSession, (Task Running, CancellationTokenSource Stop)> _sessions = [];
    private ControlSocket? _socket;
    private string? _lastProblem;

    public ControlServer(ProjectFolder folder, IEnumerable<IControlRequestHandler> handlers, ILogger<ControlServer> logger)
    {
        (_folder, _logger) = (folder, logger);
        _handlers = handlers.ToDictionary(h => h.Type);
    }

    /// <summary>Why the socket is elsewhere than usual, or why there is none; null when all is well.</summary>
    public string? Notice { get; private set; }

    /// <summary>Listens. Without a socket the daemon goes on: requests are taken from rows as well.</summary>
    public void Open()
    {
        try
        {
            _socket = ControlSocket.Listen(_folder);
            Notice = _socket.WhyElsewhere is { } why ? $"The socket for commands is {_socket.Path}, because {why}" : null;
            _lastProblem = null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Notice = $"There is no socket for commands, they are taken from the database alone: {e.Message}";
            if (_lastProblem != e.Message) _logger.LogWarning("{Notice}", Notice);
            _lastProblem = e.Message;
        }
    }

    /// <summary>Takes clients until the token ends it. A socket that is removed or replaced is made again.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                if (_socket is not { IsInPlace: true }) Reopen();
                await AcceptWhileInPlaceAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // the daemon ends
        }
    }

    /// <summary>Once <see cref="RunAsync"/> has returned: answers what was asked, and closes all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        _socket?.Dispose();
        _socket = null;
        List<(ControlSession Session, CancellationTokenSource Stop, Task Running)> all;
        lock (_gate) all = [.. _sessions.Select(s => (s.Key, s.Value.Stop, s.Value.Running))];
        await Task.WhenAny(Task.WhenAll(all.Select(s => s.Session.AnsweredAsync())), Task.Delay(LongestAnswer));
        foreach (var (_, stop, _) in all) await CancelAsync(stop);
        await Task.WhenAny(Task.WhenAll(all.Select(s => s.Running)), Task.Delay(LongestAnswer));
    }

    private void Reopen()
    {
        _socket?.Dispose();
        _socket = null;
        Open();
    }

    private async Task AcceptWhileInPlaceAsync(CancellationToken cancellationToken)
    {
        if (_socket is not { } socket)
        {
            await Heartbeat.NextAsync(cancellationToken);
            return;
        }

        using var replaced = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var accepting = AcceptAsync(socket.Listener, replaced.Token);
        await Heartbeat.UntilAsync(() => !socket.IsInPlace || accepting.IsCompleted, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await replaced.CancelAsync();
        await accepting;
    }

    private async Task AcceptAsync(Socket listener, CancellationToken cancellationToken)
    {
        try
        {
            while (true) Take(await listener.AcceptAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // the socket was replaced, or the daemon ends
        }
        catch (SocketException e)
        {
            _logger.LogWarning("The socket for commands takes no client now: {Reason}", e.Message); // too many open files, for example
        }
    }

    private void Take(Socket socket)
    {
        var connection = new ControlConnection(socket);
        if (connection.Peer is not { IsTrusted: true } peer)
        {
            _logger.LogWarning("A client of another user (id {User}) was refused", connection.Peer?.User);
            _ = connection.DisposeAsync().AsTask();
            return;
        }

        _logger.LogDebug("A client connected (PID {Pid})", peer.Pid);
        var stop = new CancellationTokenSource();
        var session = new ControlSession(connection, _handlers, _logger);
        lock (_gate)
        {
            if (_sessions.Count >= MostClients) MakeRoom();
            _sessions[session] = (Task.Run(() => ServeAsync(session, stop)), stop);
        }
    }

    // Which has no request under way before any that has: what those asked for goes on, but its answer is lost.
    private void MakeRoom()
    {
        var (session, (_, stop)) = _sessions.OrderBy(s => !s.Key.IsIdle).ThenBy(s => s.Key.LastUsed).First();
        _sessions.Remove(session);
        _ = CancelAsync(stop);
    }

    private async Task ServeAsync(ControlSession session, CancellationTokenSource stop)
    {
        try
        {
            await session.RunAsync(stop.Token);
        }
        catch (Exception e)
        {
            _logger.LogError(e, "A client of the socket could not be served");
        }

        await session.DisposeAsync();
        lock (_gate) _sessions.Remove(session);
        stop.Dispose();
    }

    private static async Task CancelAsync(CancellationTokenSource stop)
    {
        try
        {
            await stop.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // it has ended meanwhile
        }
    }
}
