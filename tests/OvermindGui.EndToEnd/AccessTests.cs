using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>Coming in, where a token is asked for, on an address of the loopback that is not the usual one.</summary>
[Collection(CalmBrowserTests.Name)]
public sealed partial class AccessTests(Chromium chromium)
{
    private const int Timeout = 120_000;
    private const string Elsewhere = "127.0.0.2";

    [Fact(Timeout = Timeout)]
    public async Task A_person_comes_in_by_the_printed_address_and_stays_in_over_a_restart()
    {
        using var folder = new TestFolder("web: echo hello; sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder, "--token", "--bind", Elsewhere);
        Assert.Equal(Elsewhere, server.Address.Host);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.Page.GetByText("A token is needed here").WaitForAsync();

        await page.Page.GotoAsync(Printed().Match(server.Output).Value);
        await page.LinesOf("web").First.WaitForAsync();
        Assert.DoesNotContain("token", page.Address.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("overmind-gui-", await page.Page.EvaluateAsync<string>("() => document.cookie.replace('overmind-gui-theme', '')"), StringComparison.Ordinal);

        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(folder));
        await page.Page.EvaluateAsync("() => window.before = true");
        (await http.PostAsync("/api/restart", null, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        await page.WaitForAsync("() => !window.before");
        await page.LinesOf("web").First.WaitForAsync();
        using var stranger = new HttpClient { BaseAddress = server.Address };
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_form_lets_in_too_and_the_variable_binds_and_the_token_is_kept()
    {
        using var folder = new TestFolder("web: echo hello; sleep 1000");
        var variables = new Dictionary<string, string> { ["OVERMIND_GUI_BIND"] = Elsewhere };
        await using (await Server.StartAsync(folder.Folder, variables, "--token"))
        {
            // made
        }

        var token = await TokenAsync(folder);
        await using var server = await Server.StartAsync(folder.Folder, variables, "--token");
        await using var page = await chromium.OpenAsync(server.Address);
        await page.Page.GetByLabel("Token").FillAsync(token);
        await page.Page.GetByRole(Microsoft.Playwright.AriaRole.Button).ClickAsync();
        await page.LinesOf("web").First.WaitForAsync();
        Assert.Equal(Elsewhere, server.Address.Host);
        await server.WaitForOutputAsync($"/?token={token}");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.Folder.TokenFile));
    }

    [Fact(Timeout = Timeout)]
    public async Task Refusals_are_logged_without_what_was_sent()
    {
        using var folder = new TestFolder("web: sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder, new Dictionary<string, string> { ["DEBUG"] = "1" }, "--token");
        using var http = new HttpClient { BaseAddress = server.Address };
        foreach (var (header, value) in new[] { ("Authorization", "Bearer payload"), ("Host", "payload.example"), ("Origin", "http://payload.example") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/restart?payload=payload") { Headers = { { header, value } } };
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.InRange((int)answer.StatusCode, 401, 421);
        }

        using var guess = await http.GetAsync("/?token=payload", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, guess.StatusCode);
        foreach (var line in new[] { "wrong token", "foreign Host header", "foreign Origin header" })
            await server.WaitForOutputAsync(line);
        Assert.DoesNotContain("payload", server.Output, StringComparison.Ordinal);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("--bind", "example")]
    [InlineData("--bind", "1")]
    [InlineData("--allowed-hosts", "http://tools.example")]
    public async Task What_means_nothing_is_refused(string option, string value)
    {
        using var folder = new TestFolder("web: sleep 1000");
        var result = await Cli.RunAsync(folder.Folder.Root, "server", option, value);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"{option} {value}: expected", result.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Folder.Database));
    }

    private static async Task<string> TokenAsync(TestFolder folder) =>
        (await File.ReadAllTextAsync(folder.Folder.TokenFile, TestContext.Current.CancellationToken)).Trim();

    [GeneratedRegex(@"http://\S+/\?token=\S+")]
    private static partial Regex Printed();
}
