using System.Net;
using System.Net.Security;

namespace OvermindGui.Daemon.Supervision.Readiness;

/// <summary>Ready when a GET is answered with a status from 200 to 399; a redirect is an answer, and not followed.</summary>
internal sealed class HttpAttempt(Uri url) : IReadyAttempt
{
    // No proxy, cookies or pooled connections: each attempt must reach the process itself. Local certificates are self-signed.
    private static readonly HttpClient Client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.Zero,
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = AcceptsCertificate },
    })
    {
        Timeout = Timeout.InfiniteTimeSpan, // each look has its own
    };

    public async Task<string?> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            using var response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return (int)response.StatusCode is >= 200 and <= 399 ? null : $"{url}: status {(int)response.StatusCode}";
        }
        catch (HttpRequestException e)
        {
            return $"{url}: {e.Message}";
        }
    }

    private static bool AcceptsCertificate(object sender, object? certificate, object? chain, SslPolicyErrors errors) =>
        errors == SslPolicyErrors.None || IsThisMachine(((SslStream)sender).TargetHostName);

    private static bool IsThisMachine(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
