using System.Net;
using System.Text.RegularExpressions;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>What opens when the dashboard starts, and what its log holds. Shell scripts stand in for the browsers.</summary>
public partial class StartingTests
{
    private const int Timeout = 60_000;

    [Theory(Timeout = Timeout)]
    [InlineData("--window", "", "chromium --app=")]
    [InlineData("", "OVERMIND_GUI_WINDOW", "chromium --app=")]
    [InlineData("", "USE_PYTHON_WEBVIEW", "chromium --app=")]
    [InlineData("", "", "xdg-open ")]
    [InlineData("--window=false", "OVERMIND_GUI_WINDOW", "xdg-open ")]
    public async Task The_dashboard_opens_in_a_tab_or_in_a_window_of_its_own(string option, string variable, string expected)
    {
        using var folder = new TestFolder("web: sleep 1000");
        var opened = AddBrowsers(folder, "chromium", "xdg-open");

        await using var server = await Server.StartAsync(folder.Folder, Screen(folder, variable), Given(option));

        Assert.Equal($"{expected}{server.Address}", await FirstLineAsync(opened));
    }

    [Fact(Timeout = Timeout)]
    public async Task Without_a_browser_that_can_make_windows_a_tab_opens_and_that_is_said()
    {
        using var folder = new TestFolder("web: sleep 1000");
        var opened = AddBrowsers(folder, "xdg-open");
        var environment = Screen(folder, "");
        environment["PATH"] = OnlySystemTools(folder);

        await using var server = await Server.StartAsync(folder.Folder, environment, "--window");

        Assert.Equal($"xdg-open {server.Address}", await FirstLineAsync(opened));
        await server.WaitForOutputAsync("No Chromium, Chrome or Edge was found");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_browser_that_ends_at_once_with_an_error_is_reported_with_the_address_to_open()
    {
        using var folder = new TestFolder("web: sleep 1000");
        AddBrowsers(folder, "chromium", "xdg-open");
        await File.WriteAllTextAsync(
            Path.Combine(folder.Folder.Root, "bin", "chromium"),
            "#!/bin/sh\necho 'Running as root without --no-sandbox is not supported.' >&2\nexit 1\n", TestContext.Current.CancellationToken);

        await using var server = await Server.StartAsync(folder.Folder, Screen(folder, ""), "--window");

        var report = $"chromium ended at once (exit code 1: Running as root without --no-sandbox is not supported.); open {server.Address} yourself";
        await server.WaitForOutputAsync(report);
        Assert.Contains("1 process", (await Cli.RunAsync(folder.Folder.Root, "logs", "system")).Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_mistake_in_the_settings_is_reported_once_and_no_crash()
    {
        using var folder = new TestFolder("web: sleep 1000");
        await File.WriteAllTextAsync(Path.Combine(folder.Folder.Root, "overmind-gui.yaml"), "processes: {web: {restrat: always}}\n", TestContext.Current.CancellationToken);

        foreach (var verb in new[] { "daemon", "server" })
        {
            var result = await Cli.RunAsync(folder.Folder.Root, verb);
            Assert.Equal(1, result.ExitCode);
            Assert.Single(Mentions().Matches(result.Output + result.Errors));
            Assert.DoesNotContain("   at ", result.Output + result.Errors, StringComparison.Ordinal);
        }

        var log = await File.ReadAllTextAsync(folder.Folder.DaemonLog, TestContext.Current.CancellationToken);
        Assert.Contains("restrat", log, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", log, StringComparison.Ordinal);
        Assert.DoesNotContain("FTL", log, StringComparison.Ordinal);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("--no-ui", "0")]
    [InlineData("", "1")]
    [InlineData("--window", "yes")]
    public async Task Nothing_opens_where_nothing_is_wanted_and_the_api_serves(string option, string variable)
    {
        using var folder = new TestFolder("web: sleep 1000");
        var opened = AddBrowsers(folder, "chromium", "xdg-open");
        var environment = Screen(folder, "");
        environment["NO_UI_LAUNCH"] = variable;

        await using var server = await Server.StartAsync(folder.Folder, environment, Given(option));
        using var api = new ApiClient(server);

        var (status, state) = await api.GetAsync("/api/state");
        Assert.Equal((HttpStatusCode.OK, "running"), (status, state.GetProperty("daemon_status").GetString()));
        Assert.False(File.Exists(opened));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("1", true)]
    [InlineData("", false)]
    public async Task Debug_mode_logs_more(string debug, bool more)
    {
        using var folder = new TestFolder("web: sleep 1000");

        await using var server = await Server.StartAsync(folder.Folder, new Dictionary<string, string> { ["DEBUG"] = debug });
        await Eventually.TrueAsync(() => Logged(" serves ") && (!more || Logged(" DBG "))); // the daemon starts beside the dashboard
        Assert.Equal(more, Logged(" DBG "));
        server.Signal(Server.Terminate);
        await server.WaitForExitAsync();
        Assert.Equal(more, server.Output.Contains(" DBG ", StringComparison.Ordinal));

        bool Logged(string text) => File.Exists(folder.Folder.DaemonLog) && File.ReadAllText(folder.Folder.DaemonLog).Contains(text, StringComparison.Ordinal);
    }

    [GeneratedRegex("restrat")]
    private static partial Regex Mentions();

    private static string[] Given(string option) => option.Length == 0 ? [] : [option];

    private static Dictionary<string, string> Screen(TestFolder folder, string variable)
    {
        var environment = new Dictionary<string, string>
        {
            ["NO_UI_LAUNCH"] = "",
            ["DISPLAY"] = ":99",
            ["PATH"] = $"{folder.Folder.Root}/bin:{Environment.GetEnvironmentVariable("PATH")}",
        };
        if (variable.Length > 0) environment[variable] = "1";
        return environment;
    }

    // A PATH on which no real browser can be, whatever the machine has.
    private static string OnlySystemTools(TestFolder folder)
    {
        var tools = Path.Combine(folder.Folder.Root, "bin");
        foreach (var tool in new[] { "sh", "setsid", "env", "stty", "sleep", "dotnet" })
            if (Find(tool) is { } path) File.CreateSymbolicLink(Path.Combine(tools, tool), path);
        return tools;
    }

    private static string? Find(string tool) => Environment.GetEnvironmentVariable("PATH")!.Split(':')
        .Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists);

    /// <summary>Returns the file in which they note how they were called.</summary>
    private static string AddBrowsers(TestFolder folder, params string[] names)
    {
        var opened = Path.Combine(folder.Folder.Root, "opened");
        var tools = Directory.CreateDirectory(Path.Combine(folder.Folder.Root, "bin")).FullName;
        foreach (var name in names)
        {
            var script = Path.Combine(tools, name);
            File.WriteAllText(script, $"#!/bin/sh\necho \"{name} $*\" > '{opened}.new' && /bin/mv '{opened}.new' '{opened}'\n");
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return opened;
    }

    private static async Task<string> FirstLineAsync(string file)
    {
        await Eventually.TrueAsync(() => File.Exists(file));
        return (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).TrimEnd('\n');
    }
}
