using System.Runtime.CompilerServices;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Control;

/// <summary>A client's connection to a folder's daemon.</summary>
public sealed class ControlClient : IAsyncDisposable
{
    private readonly ControlConnection _connection;
    private long _lastId;

    private ControlClient(ControlConnection connection) => _connection = connection;

    /// <summary>The daemon's PID as reported by the kernel; null where it is not reported.</summary>
    public int? DaemonPid => _connection.Peer?.Pid;

    /// <summary>Null when no daemon listens for this folder.</summary>
    public static async Task<ControlClient?> TryConnectAsync(ProjectFolder folder, CancellationToken cancellationToken) =>
        await ControlSocket.TryConnectAsync(folder, cancellationToken) is { } socket ? new ControlClient(new ControlConnection(socket)) : null;

    /// <summary>Sends a request and returns its answers as they arrive. The last one is final, unless the daemon ends first.</summary>
    /// <exception cref="ControlProtocolException">The request is too large, or the peer is not an Overmind GUI daemon.</exception>
    public async IAsyncEnumerable<ControlReply> SendAsync(
        ControlRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        request = request with { Id = ++_lastId };
        if (!await _connection.WriteAsync(request, ControlJson.Default.ControlRequest, cancellationToken)) yield break;
        while (await _connection.ReadAsync(ControlJson.Default.ControlReply, cancellationToken) is { } reply)
        {
            // Messages about the connection itself, such as why the daemon closes it, have no id.
            if (reply.Id != request.Id && reply.Id != 0) continue;
            yield return reply;
            if (reply.IsFinal) yield break;
        }
    }

    /// <summary>Sends a further message about the last request. False when the daemon is gone.</summary>
    public ValueTask<bool> SendFurtherAsync(ControlRequest message, CancellationToken cancellationToken) =>
        _connection.WriteAsync(message with { Id = _lastId }, ControlJson.Default.ControlRequest, cancellationToken);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
