using System.Net.Http.Json;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Failures;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>Failure declarations with the published executable.</summary>
public class FailureTests
{
    private const int Timeout = 120_000;

    // Prints what it finds in a file, as soon as there is one.
    private const string Speaker = "web: while true; do if mv say saying 2>/dev/null; then cat saying; fi; sleep 0.02; done";

    [Fact(Timeout = Timeout)]
    public async Task Without_a_daemon_declarations_are_added_listed_and_removed()
    {
        using var folder = new TestFolder("web: sleep 1000");
        var root = folder.Folder.Root;

        Assert.Equal("No failure declarations\n", await RunAsync(root, "failures"));
        Assert.Equal(
            "Added failure declaration for web\nPROCESS         ACTION   KIND   PATTERN\nweb             default  text   Error: x\n",
            await RunAsync(root, "failures", "add", "web", " Error: x "));
        await RunAsync(root, "failures", "add", "worker", "^panic", "--regex", "--action", "stop");
        Assert.Equal(
            "PROCESS         ACTION   KIND   PATTERN\nweb             default  text   Error: x\nworker          stop     regex  ^panic\n",
            await RunAsync(root, "failures"));
        Assert.Equal("No failure declarations for nope\n", await RunAsync(root, "failures", "nope"));
        Assert.Equal("Removed failure declaration for web\nNo failure declarations for web\n", await RunAsync(root, "failures", "remove", "web", "Error: x"));
        Assert.Equal("No failures so far\n", await RunAsync(root, "failures", "hits"));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("Error: the pattern is empty", "add", "web", " ")]
    [InlineData("Error: not a .NET regular expression: ", "add", "web", "(", "--regex")]
    [InlineData("--action dance: expected restart, stop or notify", "add", "web", "x", "--action", "dance")]
    public async Task What_cannot_be_declared_is_refused(string message, params string[] arguments)
    {
        using var folder = new TestFolder("web: sleep 1000");

        var result = await Cli.RunAsync(folder.Folder.Root, ["failures", .. arguments]);

        Assert.Contains(message, result.Errors, StringComparison.Ordinal);
        Assert.Equal(1, result.ExitCode);
        Assert.False(File.Exists(folder.Folder.Declarations));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_misspelt_name_is_declared_but_said()
    {
        using var folder = new TestFolder("web: sleep 1000");

        var result = await Cli.RunAsync(folder.Folder.Root, "failures", "add", "wbe", "x");

        Assert.Equal((0, "There is no process wbe in the Procfile (known: web)\n"), (result.ExitCode, result.Errors));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_broken_file_is_reported_and_nothing_of_it_acts_on_the_terminal()
    {
        using var folder = new TestFolder("web: sleep 1000");
        await File.WriteAllTextAsync(folder.Folder.Declarations, "{\"we\\u001b[2Jb\": [5]}", TestContext.Current.CancellationToken);

        foreach (var arguments in new[] { new[] { "failures" }, ["failures", "add", "web", "x"] })
        {
            var result = await Cli.RunAsync(folder.Folder.Root, arguments);
            Assert.Equal(1, result.ExitCode);
            Assert.Contains("failure_declarations.json line 1: we\uFFFD[2Jb[0]: expected a text", result.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain('\e', result.Errors);
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task Programs_that_declare_at_the_same_time_lose_nothing()
    {
        using var folder = new TestFolder("web: sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        using var http = new HttpClient { BaseAddress = server.Address };
        var cancellation = TestContext.Current.CancellationToken;

        var programs = Enumerable.Range(0, 6).Select(i => RunAsync(folder.Folder.Root, "failures", "add", "web", $"program {i}"));
        var requests = Enumerable.Range(0, 20).Select(async i =>
            (await http.PostAsJsonAsync("/api/failure-declarations/web/add", new { failure_string = $"request {i}" }, cancellation)).EnsureSuccessStatusCode());
        await Task.WhenAll([.. programs, .. requests]);

        Assert.Equal(26, new DeclarationsFile(folder.Folder, TimeProvider.System).Read().For("web").Count);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_declaration_acts_at_once_and_ps_shows_what_comes_next()
    {
        using var folder = new TestFolder(Speaker);
        await using var server = await Server.StartAsync(folder.Folder);
        var root = folder.Folder.Root;
        await RunAsync(root, "failures", "add", "web", "boom");

        // A daemon needs a moment to apply it; every hit doubles the wait, so that the fourth one can be looked at.
        for (var hits = 1; hits <= 4; hits++) await FailAsync(server, hits);

        Assert.Matches(@"(?m)^web +- +broken +SIGTERM +- +5000 +restarts in [1-8] s", await RunAsync(root, "ps"));
        Assert.Equal("Stopped web\n", await RunAsync(root, "stop", "web"));
        Assert.Equal(ProcessState.Stopped, server.Snapshot().Processes[0].State);
        var listed = (await RunAsync(root, "failures", "hits", "web")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(8, listed.Length);
        Assert.EndsWith("web             restart  boom: restarted", listed[0], StringComparison.Ordinal);
        Assert.Equal("  boom", listed[1]);
        Assert.EndsWith("web             restart  boom: restart cancelled: it was stopped", listed[6], StringComparison.Ordinal);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("--on-failure=stop", "UNRELATED=1")]
    [InlineData("--no-ui", "OVERMIND_GUI_ON_FAILURE=stop")]
    [InlineData("--on-failure=stop", "OVERMIND_GUI_ON_FAILURE=notify")]
    public async Task What_happens_on_a_failure_is_chosen_by_flag_or_variable(string option, string variable)
    {
        using var folder = new TestFolder("web: echo boom; sleep 1000");
        var root = folder.Folder.Root;
        await RunAsync(root, "failures", "add", "web", "boom");
        string[] options = option == "--no-ui" ? [] : [option];
        Assert.Equal(0, (await Cli.RunAsync("env", root, [variable, Published.Executable, "daemon", "--detach", .. options])).ExitCode);
        await using var server = await Server.StartAsync(folder.Folder);

        await Eventually.TrueAsync(() => server.Snapshot().Processes[0].State == ProcessState.Broken);

        Assert.Contains("web             stop     boom: stopped", await RunAsync(root, "failures", "hits"), StringComparison.Ordinal);
        Assert.Null(server.Snapshot().Processes[0].RestartAt);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("UNRELATED=1", "--on-failure dance: expected restart, stop or notify", "--on-failure", "dance")]
    [InlineData("OVERMIND_GUI_ON_FAILURE=dance", "OVERMIND_GUI_ON_FAILURE=dance: expected restart, stop or notify")]
    public async Task A_choice_that_means_nothing_is_refused(string variable, string message, params string[] options)
    {
        using var folder = new TestFolder("web: sleep 1000");

        foreach (var command in new[] { "server", "daemon" })
        {
            var result = await Cli.RunAsync("env", folder.Folder.Root, [variable, Published.Executable, command, .. options]);
            Assert.Contains(message, result.Errors, StringComparison.Ordinal);
            Assert.Equal(1, result.ExitCode);
        }
    }

    private static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        var result = await Cli.RunAsync(folder, arguments);
        Assert.True(result.ExitCode == 0, result.Errors);
        return result.Output;
    }

    // Says "boom" again and again until it counts: the first time it may come before the declaration is applied.
    private static async Task FailAsync(Server server, int hits)
    {
        var history = new FailureHistory(OvermindGui.Core.Storage.OvermindDatabase.In(server.Folder));
        var path = Path.Combine(server.Folder.Root, "say");
        await Eventually.TrueAsync(
            () => history.Newest("web", 10).Count >= hits && server.Snapshot().Processes[0] is { State: ProcessState.Broken, RestartAt: not null },
            meanwhile: () =>
            {
                if (server.Snapshot().Processes[0].State == ProcessState.Running && !File.Exists(path)) File.WriteAllText(path, "boom\n");
            });
    }
}
