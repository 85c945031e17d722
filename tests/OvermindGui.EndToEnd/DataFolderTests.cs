using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>Database, lock, log and token in a folder of their own, as on a volume that two containers share.</summary>
public sealed class DataFolderTests : IDisposable
{
    private const int Timeout = 120_000;

    private readonly TestFolder _project = new("web: echo up; exec sleep 600");
    private readonly TestFolder _data = new();

    private ProjectFolder Folder => new(_project.Folder.Root, _data.Folder.Root);

    public void Dispose()
    {
        _project.Dispose();
        _data.Dispose();
    }

    [Fact(Timeout = Timeout)]
    public async Task Nothing_is_made_beside_the_Procfile_and_every_verb_finds_it()
    {
        await using (var server = await Server.StartAsync(Folder, "--data", Folder.Data, "--token"))
        {
            Assert.Equal("up", await server.FirstLineOfAsync("web"));
            Assert.Equal([Folder.Procfile], Directory.GetFileSystemEntries(Folder.Root));
            Assert.True(File.Exists(Folder.TokenFile));

            Assert.Contains("running", (await AskAsync("ps")).Output, StringComparison.Ordinal);
            Assert.Contains(Folder.Database, (await AskAsync("status")).Output, StringComparison.Ordinal);
            Assert.Equal("Restarted web\n", (await AskAsync("restart", "web")).Output);
            Assert.Contains("up", (await AskAsync("logs", "web")).Output, StringComparison.Ordinal);
            Assert.Equal(0, (await AskAsync("reload", "--dry-run")).ExitCode);
            Assert.Equal(0, (await AskAsync("quit")).ExitCode);
        }

        Assert.False(DaemonLock.IsHeld(Folder));
        Assert.Equal([Folder.Procfile], Directory.GetFileSystemEntries(Folder.Root));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_variable_names_it_too_and_may_begin_at_the_project()
    {
        var folder = new ProjectFolder(Folder.Root, Path.Combine(Folder.Root, ".overmind"));
        Directory.CreateDirectory(folder.Data);
        var variables = new Dictionary<string, string> { ["OVERMIND_GUI_DATA"] = ".overmind" };
        await using var server = await Server.StartAsync(folder, variables);
        Assert.Equal("up", await server.FirstLineOfAsync("web"));
        Assert.True(DaemonLock.IsHeld(folder));
        Assert.False(DaemonLock.IsHeld(_project.Folder));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_folder_that_is_missing_is_reported()
    {
        var missing = Path.Combine(Folder.Data, "missing");
        var result = await Cli.RunAsync(Folder.Root, "daemon", "--data", missing);
        Assert.Equal(
            (1, $"Error: --data: there is no folder {missing}; create it, or mount the volume there\n"), (result.ExitCode, result.Errors));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_dashboard_that_starts_no_daemon_stays_so_and_with_its_folder_when_it_restarts()
    {
        await using var server = await Server.StartDashboardAsync(Folder, "--data", Folder.Data, "--no-daemon");
        using var http = new HttpClient { BaseAddress = server.Address };
        using (var answer = await http.PostAsync(new Uri("/api/restart", UriKind.Relative), null, TestContext.Current.CancellationToken))
            Assert.True(answer.IsSuccessStatusCode);
        var words = "";
        await Eventually.TrueAsync(async () =>
        {
            words = await File.ReadAllTextAsync($"/proc/{server.Pid}/cmdline", TestContext.Current.CancellationToken);
            return words.Contains("--no-daemon\0--", StringComparison.Ordinal) || words.EndsWith("--no-daemon\0", StringComparison.Ordinal);
        });

        Assert.Contains($"--data\0{Folder.Data}\0", words, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task Health_is_for_containers()
    {
        var result = await Cli.RunAsync(Folder.Root, "health");
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("Error: health is for containers", result.Errors, StringComparison.Ordinal);
    }

    private Task<CliResult> AskAsync(params string[] words) =>
        Cli.RunAsync(Path.GetTempPath(), [.. words, "--working-dir", Folder.Root, "--data", Folder.Data]);
}
