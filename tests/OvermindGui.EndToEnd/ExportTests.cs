using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary><c>export systemd</c>. Where systemd-analyze is installed, systemd itself judges the units.</summary>
public class ExportTests
{
    private const int Timeout = 120_000;
    private const int NoSuchProgram = 127;
    private const string SearchPath = "/opt/my tools/100%/$x:/usr/bin:/bin";

    [Fact(Timeout = Timeout)]
    public async Task A_unit_serves_the_folder_with_the_options_that_were_given()
    {
        using var folder = new TestFolder("web: sleep 1000", "api: sleep 1000");
        await File.WriteAllTextAsync(
            Path.Combine(folder.Folder.Root, "overmind-gui.yaml"), "processes:\n  api:\n    timeout: 40\n", TestContext.Current.CancellationToken);

        var result = await ExportAsync(folder.Folder.Root, "--port", "8123", "-m", "web=2", "--bind=127.0.0.1");

        var (root, name) = (folder.Folder.Root, folder.Folder.Name);
        Assert.Equal(
            $"""
            [Unit]
            Description=Overmind GUI, {root} (Procfile)

            [Service]
            Type=exec
            ExecStart={Published.Executable} server {root} --no-ui --port=8123 --bind=127.0.0.1 --formation=web=2
            WorkingDirectory={root}
            Environment="PATH=/opt/my tools/100%%/$x:/usr/bin:/bin"
            # As Ctrl+C: the daemon ends the processes, each by its own signal, then itself, then the dashboard.
            KillSignal=SIGINT
            TimeoutStopSec=65
            # A dashboard that fails comes back and finds the daemon; the processes live on meanwhile.
            KillMode=process
            Restart=on-failure
            RestartSec=2
            # A process that gets too large is ended alone, and the daemon reports it.
            OOMPolicy=continue

            [Install]
            WantedBy=default.target

            """,
            result.Output);
        Assert.Contains($"~/.config/systemd/user/overmind-gui-{name}.service", result.Errors, StringComparison.Ordinal);
        Assert.Contains($"systemctl --user enable --now overmind-gui-{name}.service", result.Errors, StringComparison.Ordinal);
        await AssertSystemdAcceptsAsync(result.Output);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("two words")]
    [InlineData("100% $HOME ${x} %h")]
    [InlineData("\"quoted\" 'twice'")]
    [InlineData("back\\slash\\n")]
    [InlineData("ends in \\")]
    [InlineData("ends in a space ")]
    [InlineData("two\nlines\tand a \u0001 character")]
    [InlineData("ünïcode # ; comment")]
    public async Task A_folder_of_any_name_reaches_the_program_as_it_is(string name)
    {
        using var folder = new TestFolder();
        var root = Directory.CreateDirectory(Path.Combine(folder.Folder.Root, name)).FullName;
        await File.WriteAllTextAsync(Path.Combine(root, "Procfile"), "web: sleep 1000\n", TestContext.Current.CancellationToken);

        var result = await ExportAsync(root);

        Assert.Equal([Published.Executable, "server", root, "--no-ui"], SystemdWords.OfCommand(Value(result.Output, "ExecStart")));
        Assert.Equal([$"PATH={SearchPath}"], SystemdWords.Split(Value(result.Output, "Environment")));
        if (Value(result.Output, "WorkingDirectory") is { Length: > 0 } directory) Assert.Equal(root, SystemdWords.Plain(directory));
        await AssertSystemdAcceptsAsync(result.Output);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("Error: Unknown format: docker (known: systemd)", "docker")]
    [InlineData("Error: export requires a format: systemd")]
    [InlineData("Procfile not found in current directory", "systemd")]
    [InlineData("Directory not found: /no/such/folder", "systemd", "/no/such/folder")]
    [InlineData("--bind 1: expected an address of this machine", "systemd", "--bind", "1", "--procfile", "other")]
    public async Task What_cannot_be_exported_is_said_and_nothing_printed(string message, params string[] arguments)
    {
        using var folder = new TestFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Folder.Root, "other"), "web: sleep 1000\n", TestContext.Current.CancellationToken);

        var result = await Cli.RunAsync(folder.Folder.Root, ["export", .. arguments]);

        Assert.Contains(message, result.Errors, StringComparison.Ordinal);
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
    }

    // An empty variable is as good as none, but for the place of .NET, which the program needs to start.
    private static async Task<CliResult> ExportAsync(string root, params string[] options)
    {
        var result = await Cli.RunAsync(
            "env", root, [$"PATH={SearchPath}", "DOTNET_BUNDLE_EXTRACT_BASE_DIR=", Published.Executable, "export", "systemd", .. options]);
        Assert.Equal(0, result.ExitCode);
        var lines = result.Output.Split('\n').Where(l => !l.StartsWith("Environment=DOTNET_ROOT", StringComparison.Ordinal));
        return result with { Output = string.Join('\n', lines) };
    }

    private static string Value(string unit, string key) =>
        unit.Split('\n').SingleOrDefault(l => l.StartsWith($"{key}=", StringComparison.Ordinal))?[(key.Length + 1)..] ?? "";

    private static async Task AssertSystemdAcceptsAsync(string unit)
    {
        using var folder = new TestFolder();
        var file = Path.Combine(folder.Folder.Root, "overmind-gui-test.service");
        await File.WriteAllTextAsync(file, unit, TestContext.Current.CancellationToken);

        var result = await Cli.RunAsync(
            "env", folder.Folder.Root, [$"XDG_RUNTIME_DIR={folder.Folder.Root}", "systemd-analyze", "--user", "verify", "--man=no", file]);

        if (result.ExitCode == NoSuchProgram) return;
        Assert.DoesNotContain(Path.GetFileName(file), result.Errors, StringComparison.Ordinal);
        Assert.True(result.ExitCode == 0, result.Errors);
    }
}
