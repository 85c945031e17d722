using System.Diagnostics;
using System.Text.RegularExpressions;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>The tool package and the single file, as they come out of <c>./run release</c>, far from the source tree. For <c>./run test release</c>, which makes them.</summary>
public partial class ReleaseTests
{
    private const int Timeout = 180_000;

    [Fact(Timeout = Timeout, Explicit = true)]
    public async Task The_package_installs_as_a_dotnet_tool_that_does_its_work()
    {
        using var tool = await InstalledProduct.ToolAsync();

        await AssertWorksAsync(tool);
    }

    [Fact(Timeout = Timeout, Explicit = true)]
    public async Task The_single_file_does_its_work_alone_in_an_empty_folder()
    {
        using var file = InstalledProduct.SingleFile();

        await AssertWorksAsync(file);
    }

    private static async Task AssertWorksAsync(InstalledProduct product)
    {
        var version = await product.RunAsync("--version");
        Assert.Equal((0, ""), (version.ExitCode, version.Errors));
        Assert.Matches(@"^\d+\.\d+\.\d+\n$", version.Output);

        using var folder = new TestFolder("web: echo first line; exec sleep 1000");
        var root = folder.Folder.Root;
        await using (var server = await Server.StartAsync(product, folder.Folder))
        {
            Assert.Equal("first line", await server.FirstLineOfAsync("web"));
            await AssertPageIsWholeAsync(server);
            Assert.Contains("first line", (await product.RunAsync("logs", "web", "--working-dir", root)).Output, StringComparison.Ordinal);

            var pids = server.Pids();
            await RestartDashboardAsync(server);
            await AssertPageIsWholeAsync(server);
            Assert.Equal(pids, server.Pids());

            var quit = await product.RunAsync("quit", root);
            Assert.Equal((0, ""), (quit.ExitCode, quit.Errors));
            await server.WaitForExitAsync();
        }

        // What the daemon starts its children through where there is no setsid.
        Assert.Equal("led\n", (await product.RunAsync("lead-session", "--shell", "/bin/sh", "--command", "echo led")).Output);
    }

    // Scripts and style sheets come from within the product: MudBlazor's, Blazor's and ours.
    private static async Task AssertPageIsWholeAsync(Server server)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        var page = await http.GetStringAsync("/", TestContext.Current.CancellationToken);
        var parts = PartAddress().Matches(page).Select(m => m.Groups["address"].Value).Distinct().ToList();
        Assert.Contains(parts, p => p.Contains("mudblazor", StringComparison.Ordinal) && p.EndsWith(".css", StringComparison.Ordinal));
        Assert.Contains(parts, p => p.Contains("blazor.web", StringComparison.Ordinal) && p.EndsWith(".js", StringComparison.Ordinal));
        foreach (var part in parts) Assert.NotEmpty(await http.GetByteArrayAsync(part, TestContext.Current.CancellationToken));
    }

    private static async Task RestartDashboardAsync(Server server)
    {
        using var api = new ApiClient(server);
        await api.PostAsync("/api/restart");
        var started = Stopwatch.GetTimestamp();
        await Eventually.TrueAsync(
            () => Regex.Count(server.Output, Regex.Escape($" shows {server.Folder} at ")) >= 2,
            meanwhile: () => Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(90), $"The dashboard has not come back:\n{server.Output}"));
    }

    [GeneratedRegex("""(src|href)="(?<address>[^"#]+\.(js|css))["?]""")]
    private static partial Regex PartAddress();
}
