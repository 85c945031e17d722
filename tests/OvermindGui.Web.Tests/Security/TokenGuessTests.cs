using System.Net;
using OvermindGui.Web.Configuration;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Security;

/// <summary>Each has a server of its own: wrong guesses are counted for a while.</summary>
public sealed class TokenGuessTests
{
    private const int Timeout = 30_000;
    private const int Guesses = 10;

    [Theory(Timeout = Timeout)]
    [InlineData("")]
    [InlineData("wrong")]
    [InlineData(GuardedServer.Token + "x")]
    [InlineData("The-token-of-these-tests-0123456789")]
    [InlineData("<script>alert(1)</script>")]
    public async Task A_wrong_token_is_refused_and_not_repeated(string guess)
    {
        await using var server = await StartAsync();
        using var page = await server.SendAsync("/?token=" + Uri.EscapeDataString(guess));
        using var api = await server.SendAsync("/api/state", bearer: guess);

        foreach (var answer in new[] { page, api })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.False(answer.Headers.Contains("Set-Cookie"));
            var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            if (guess.Length > 0 && guess != "wrong") Assert.DoesNotContain(guess, body, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task A_token_twice_is_no_token()
    {
        await using var server = await StartAsync();
        using var answer = await server.SendAsync($"/?token={GuardedServer.Token}&token={GuardedServer.Token}");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact(Timeout = Timeout)]
    public async Task Who_guesses_on_is_answered_with_429_and_locks_no_one_out()
    {
        await using var server = await StartAsync();
        var cookie = await server.CookieAsync();
        for (var guess = 0; guess < Guesses; guess++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync("/", bearer: $"guess {guess}")).StatusCode);

        using var wrong = await server.SendAsync("/", bearer: "once more");
        using var right = await server.SendAsync("/?token=" + GuardedServer.Token);
        using var program = await server.SendAsync("/api/state", bearer: GuardedServer.Token);
        using var inside = await server.SendAsync("/api/state", cookie: cookie);

        Assert.Equal(HttpStatusCode.TooManyRequests, wrong.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(1), wrong.Headers.RetryAfter!.Delta);
        Assert.Equal(HttpStatusCode.SeeOther, right.StatusCode);
        Assert.Equal(HttpStatusCode.OK, program.StatusCode);
        Assert.Equal(HttpStatusCode.OK, inside.StatusCode);
    }

    [Fact(Timeout = Timeout)]
    public async Task An_outdated_cookie_is_no_guess()
    {
        await using var server = await StartAsync();
        for (var request = 0; request <= Guesses; request++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync("/", cookie: $"{server.CookieName}=old")).StatusCode);

        using var answer = await server.SendAsync("/", bearer: GuardedServer.Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_socket_that_others_reach_is_not_served_without_a_token()
    {
        using var project = new StoredProject();
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.IPv6Any, 0)); // it never listens
        var options = new WebServerOptions { Folder = project.Folder, ListenSocket = socket };
        await Assert.ThrowsAsync<ArgumentException>(() => WebServer.RunAsync(options, _ => { }, TestContext.Current.CancellationToken));
    }

    private static async Task<GuardedServer> StartAsync()
    {
        var server = new GuardedServer();
        await server.InitializeAsync();
        return server;
    }
}
