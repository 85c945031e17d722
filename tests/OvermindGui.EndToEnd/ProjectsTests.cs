using System.Text.Json;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>The projects of a user: found from folders below them, and listed.</summary>
public class ProjectsTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task Verbs_find_the_project_from_a_folder_below_and_name_it()
    {
        using var folder = new TestFolder("web: sleep 1000");
        var below = Directory.CreateDirectory(Path.Combine(folder.Folder.Root, "src", "deep")).FullName;
        var note = $"Using the project in {folder.Folder.Root}\n";
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder);

        Assert.Equal(new CliResult(0, "Restarted web\n", note), await Cli.RunAsync(below, "restart", "web"));
        Assert.Equal("", (await Cli.RunAsync(folder.Folder.Root, "ps")).Errors);
        // Named folders are used as they are.
        Assert.Equal(new CliResult(1, "", $"Error: No daemon running in {below}\n"), await Cli.RunAsync(below, "ps", "."));
        Assert.Equal(new CliResult(1, "", "Procfile not found in src\n"), await Cli.RunAsync(folder.Folder.Root, "server", "src"));

        File.SetUnixFileMode(folder.Folder.Procfile, File.GetUnixFileMode(folder.Folder.Procfile) | UnixFileMode.OtherWrite);
        var skipped = await Cli.RunAsync(below, "server");
        Assert.Equal(1, skipped.ExitCode);
        Assert.Equal(
            $"Skipped a project: every user may write to {folder.Folder.Procfile}. To use it all the same, name its folder: --working-dir FOLDER\n"
            + "Procfile not found in current directory\n",
            skipped.Errors);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_project_is_listed_with_its_dashboard_and_forgotten_once_it_is_stopped()
    {
        using var folder = new TestFolder("web: sleep 1000");
        var name = folder.Folder.Name;
        await using (var server = await Server.StartAsync(folder.Folder))
        {
            var row = (await Cli.RunAsync(Path.GetTempPath(), "projects")).Output.Split('\n').Single(line => line.EndsWith(folder.Folder.Root, StringComparison.Ordinal));
            Assert.Equal([name, "running", "1/1", "0"], row.Split(' ', StringSplitOptions.RemoveEmptyEntries)[..4]);
            Assert.Contains($"http://localhost:{server.Address.Port}", row, StringComparison.Ordinal);
            Assert.Equal(1, (await Cli.RunAsync(Path.GetTempPath(), "projects", "forget", name)).ExitCode);
            Assert.Equal(0, (await Cli.RunAsync(folder.Folder.Root, "quit")).ExitCode);
            await server.WaitForExitAsync();
        }

        using var answer = JsonDocument.Parse((await Cli.RunAsync(Path.GetTempPath(), "projects", "--json")).Output);
        var stopped = answer.RootElement.GetProperty("projects").EnumerateArray().Single(p => p.GetProperty("name").GetString() == name);
        Assert.Equal("stopped", stopped.GetProperty("state").GetString());
        Assert.Equal(0, stopped.GetProperty("dashboards").GetArrayLength());
        Assert.Equal(new CliResult(0, $"✓ {name} is no longer in the list\n", ""), await Cli.RunAsync(Path.GetTempPath(), "projects", "forget", name));
        Assert.DoesNotContain(name, (await Cli.RunAsync(Path.GetTempPath(), "projects", "--json")).Output, StringComparison.Ordinal);
    }
}
