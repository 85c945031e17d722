using System.Net.Sockets;

namespace OvermindGui.Daemon.Supervision.Readiness;

/// <summary>Ready when a connection is accepted, at any address of the host.</summary>
internal sealed class TcpAttempt(string host, int port) : IReadyAttempt
{
    public async Task<string?> LookAsync(CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(host, port, cancellationToken);
            return null;
        }
        catch (SocketException e)
        {
            return $"{host}:{port}: {e.Message}";
        }
    }
}
