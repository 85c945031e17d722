using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OvermindGui.Web.Tests.Security;

/// <summary>Bytes as an attacker sends them, past everything that a client of HTTP would mend.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _client = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<RawConnection> OpenAsync(int port) => OpenAsync(new Uri($"http://{IPAddress.Loopback}:{port}"));

    public static async Task<RawConnection> OpenAsync(Uri address)
    {
        var connection = new RawConnection();
        await connection._client.ConnectAsync(address.Host, address.Port, Cancellation);
        return connection;
    }

    public async Task SendAsync(string text) => await _client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text), Cancellation);

    /// <summary>The first line of the answer; empty when the connection was closed without one.</summary>
    public async Task<string> StatusAsync() => (await ReadAsync()).Split("\r\n")[0];

    /// <summary>All that comes until the other side closes.</summary>
    public async Task<string> ReadAsync()
    {
        try
        {
            using var reader = new StreamReader(_client.GetStream(), Encoding.Latin1, leaveOpen: true);
            return await reader.ReadToEndAsync(Cancellation);
        }
        catch (IOException)
        {
            return ""; // reset
        }
    }

    public void Dispose() => _client.Dispose();
}
