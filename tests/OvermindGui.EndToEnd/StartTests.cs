using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary><c>start</c> as overmind's and foreman's users know it, and the Procfiles that their projects have.</summary>
public class StartTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task A_bin_dev_serves_the_Procfile_that_it_names()
    {
        using var folder = new TestFolder("web: echo production; sleep 1000");
        await WriteAsync(folder, "Procfile.dev", "dev: echo development; sleep 1000\n");
        await using var server = await Server.StartByVerbAsync(folder.Folder, "-f", "Procfile.dev", "-T");

        Assert.Equal("development", await server.FirstLineOfAsync("dev"));
        Assert.Equal(["dev"], server.Snapshot().Processes.Select(p => p.Name));

        // Every verb knows the file that the daemon was started with.
        var added = await Cli.RunAsync(folder.Folder.Root, "failures", "add", "dev", "boom");
        Assert.Equal((0, ""), (added.ExitCode, added.Errors));
        Assert.Contains("in Procfile.dev (known: dev)", (await Cli.RunAsync(folder.Folder.Root, "failures", "add", "web", "boom")).Errors, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task With_names_and_without_a_daemon_only_those_are_served_and_the_others_can_come_later()
    {
        using var folder = new TestFolder("web: sleep 1000", "api: sleep 1000", "worker-1: sleep 1000");
        await WriteAsync(folder, ".env", "OVERMIND_IGNORED_PROCESSES=api\n");
        await using var server = await Server.StartByVerbAsync(folder.Folder, "api", "worker*");

        Assert.Equal(["api", "worker-1"], server.Snapshot().Processes.Where(p => p.State == ProcessState.Running).Select(p => p.Name));
        Assert.Equal(new CliResult(0, "Started web\n", ""), await Cli.RunAsync(folder.Folder.Root, "start", "web"));
        Assert.Equal(3, server.Snapshot().Processes.Count(p => p.State == ProcessState.Running));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_name_that_is_not_in_the_Procfile_starts_nothing()
    {
        using var folder = new TestFolder("web: sleep 1000");

        var result = await Cli.RunAsync(folder.Folder.Root, "start", "nope");

        Assert.Equal(new CliResult(1, "", "Error: Unknown process: nope (known: web)\n"), result);
        Assert.False(DaemonLock.IsHeld(folder.Folder));
    }

    [Fact(Timeout = Timeout)]
    public async Task In_the_background_it_is_a_daemon()
    {
        using var folder = new TestFolder();
        await WriteAsync(folder, "Procfile.dev", "dev: sleep 1000\n");
        await WriteAsync(folder, ".foreman", "port: 3000\n");
        try
        {
            var result = await Cli.RunAsync(folder.Folder.Root, "start", "-D");

            Assert.Equal((0, ""), (result.ExitCode, result.Errors));
            Assert.Matches(@"(?m)^dev +[0-9]+ +running +- +[0-9a-z ]+ 3000$", (await Cli.RunAsync(folder.Folder.Root, "ps")).Output);
        }
        finally
        {
            await Cli.RunAsync(folder.Folder.Root, "quit");
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task Server_says_which_Procfile_it_took_where_it_had_to_choose()
    {
        using var folder = new TestFolder();
        await WriteAsync(folder, "Procfile.dev", "dev: sleep 1000\n");
        await using (var alone = await Server.StartAsync(folder.Folder))
            await alone.WaitForOutputAsync("Using Procfile.dev, as there is no Procfile\n");

        await WriteAsync(folder, "Procfile", "web: sleep 1000\n");
        await using var both = await Server.StartAsync(folder.Folder);
        await both.WaitForOutputAsync("Procfile.dev: it is not used, because there is a Procfile too; -f Procfile.dev uses it\n");
        Assert.Equal(["web"], both.Snapshot().Processes.Select(p => p.Name));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_variable_names_the_Procfile_for_every_verb()
    {
        using var folder = new TestFolder();
        await WriteAsync(folder, ".env", "OVERMIND_PROCFILE=config/Procfile.mine\n");
        Directory.CreateDirectory(Path.Combine(folder.Folder.Root, "config"));
        await WriteAsync(folder, "config/Procfile.mine", "mine: sleep 1000\n");

        Assert.Equal((0, "No failure declarations\n"), await RunAsync(folder, "failures"));
        Assert.Equal(0, (await RunAsync(folder, "failures", "add", "mine", "x")).ExitCode);
        Assert.Equal((0, "mine\n"), await RunAsync(folder, "complete", "--", "stop", ""));
        Assert.StartsWith("Nothing is wrong: 1 process can start\n", (await RunAsync(folder, "check", "--no-port")).Output, StringComparison.Ordinal);
        Assert.Contains(
            "  --procfile           config/Procfile.mine OVERMIND_PROCFILE (.env line 1)\n", (await RunAsync(folder, "check")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync(folder, "export", "systemd")).ExitCode);
    }

    [Fact(Timeout = Timeout)]
    public async Task Run_runs_an_entry_where_there_is_no_program_of_its_name()
    {
        using var folder = new TestFolder("web: echo $PS on $PORT; exit 7", "true: echo never", "env: exit 9");

        Assert.Equal((7, "web on 5000\n"), await RunAsync(folder, "run", "web"));
        Assert.Equal((0, ""), await RunAsync(folder, "run", "true"));
        Assert.Equal(127, (await RunAsync(folder, "run", "web", "more")).ExitCode);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(TestFolder folder, params string[] arguments)
    {
        var result = await Cli.RunAsync(folder.Folder.Root, arguments);
        return (result.ExitCode, result.Output);
    }

    private static Task WriteAsync(TestFolder folder, string file, string text) =>
        File.WriteAllTextAsync(Path.Combine(folder.Folder.Root, file), text, TestContext.Current.CancellationToken);
}
