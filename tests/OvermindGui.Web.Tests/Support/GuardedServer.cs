using System.Net;
using System.Net.Http.Headers;
using OvermindGui.Web.Configuration;

namespace OvermindGui.Web.Tests.Support;

/// <summary>A dashboard that asks for a token, on an address of its own.</summary>
public sealed class GuardedServer : IAsyncLifetime
{
    public const string Token = "the-token-of-these-tests-0123456789";

    public RunningServer Server { get; private set; } = null!;

    public Uri Address => Server.Address;

    public HttpClient Client => Server.Client;

    public string CookieName => $"overmind-gui-{Address.Port}";

    public async ValueTask InitializeAsync() => Server = await RunningServer.StartAsync(
        new StoredProject().WithDatabase().WithProcess("web").WithLivingDaemon(),
        access: new WebAccess { Token = Token, HostNames = ["tools.example", "proxy.example:80"] },
        socket: Ports.Bind(IPAddress.Parse("127.0.0.2")));

    /// <summary>What a browser brings that has opened the address with the token.</summary>
    public async Task<string> CookieAsync()
    {
        using var answer = await SendAsync("/?token=" + Token);
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    public Task<HttpResponseMessage> SendAsync(
        string path, string? bearer = null, string? cookie = null, string? host = null, string? origin = null, HttpMethod? method = null)
    {
        // As it is: a relative address that begins with // would name another host.
        var request = new HttpRequestMessage(method ?? HttpMethod.Get, Server.Origin + path);
        if (bearer is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        if (origin is not null) request.Headers.Add("Origin", origin);
        request.Headers.Host = host;
        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
