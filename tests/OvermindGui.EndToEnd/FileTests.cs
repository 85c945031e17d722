using System.Diagnostics;
using OvermindGui.Core.Project;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>What is written into a project's folder, which may have come from elsewhere.</summary>
public sealed class FileTests
{
    private const int Timeout = 60_000;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Readable = Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    [Fact(Timeout = Timeout)]
    public async Task All_that_is_made_is_for_its_owner_alone()
    {
        using var folder = new TestFolder("web: echo secret; sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        await server.FirstLineOfAsync("web");
        var database = folder.Folder.Database;
        foreach (var path in new[] { database, database + "-wal", database + "-shm", folder.Folder.DaemonLog, folder.Folder.PidFile })
            Assert.Equal(Private, File.GetUnixFileMode(path));
    }

    [Fact(Timeout = Timeout)]
    public async Task Files_that_are_there_keep_their_modes()
    {
        using var folder = new TestFolder("web: echo hello; sleep 1000");
        await using (await Server.StartAsync(folder.Folder))
        {
            // made
        }

        foreach (var path in new[] { folder.Folder.Database, folder.Folder.DaemonLog }) File.SetUnixFileMode(path, Readable);
        await using var server = await Server.StartAsync(folder.Folder);
        foreach (var path in new[] { folder.Folder.Database, folder.Folder.DaemonLog }) Assert.Equal(Readable, File.GetUnixFileMode(path));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("overmind.db", true)]
    [InlineData("overmind.db", false)]
    [InlineData("overmind.db-wal", true)]
    [InlineData("overmind-daemon.pid", true)]
    [InlineData("overmind-daemon.pid", false)]
    [InlineData("native-daemon.log", true)]
    [InlineData("native-daemon.log", false)]
    [InlineData("native-daemon_001.log", false)]
    public async Task A_link_is_not_written_through(string name, bool targetExists)
    {
        using var folder = new TestFolder("web: echo hello; sleep 1000");
        using var elsewhere = new TestFolder();
        var victim = Path.Combine(elsewhere.Folder.Root, "victim");
        if (targetExists) await File.WriteAllTextAsync(victim, "mine", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(Path.Combine(folder.Folder.Root, name), victim);

        var result = await Cli.RunAsync(folder.Folder.Root, "server");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"{name} is a link to {victim}; it is not followed", result.Errors, StringComparison.Ordinal);
        Assert.Equal(targetExists, File.Exists(victim));
        if (targetExists) Assert.Equal("mine", await File.ReadAllTextAsync(victim, TestContext.Current.CancellationToken));
    }

    // Each as a command line, with what the verb needs behind it.
    public static TheoryData<string> Verbs =>
    [
        "server", "server --overmind", "daemon", "daemon --detach", "web --port 21990", "ps", "status", "start web", "stop web", "restart web", "kill web",
        "scale web=2", "reload", "reload --dry-run", "check", "run true", "connect web", "logs", "logs -f", "echo", "failures", "failures add web boom",
        "failures remove web boom", "quit",
    ];

    [Theory(Timeout = 2 * Timeout)]
    [MemberData(nameof(Verbs))]
    public async Task No_verb_follows_a_link_under_the_name_of_a_file_of_ours(string verb)
    {
        using var folder = new TestFolder("web: echo hello; sleep 1000");
        using var elsewhere = new TestFolder();
        var victims = new List<string>();
        foreach (var name in OwnFileNames(folder))
        {
            victims.Add(Path.Combine(elsewhere.Folder.Root, Path.GetFileName(name)));
            await File.WriteAllTextAsync(victims[^1], "mine", TestContext.Current.CancellationToken);
            File.CreateSymbolicLink(name, victims[^1]);
        }

        var result = await Cli.RunAsync(folder.Folder.Root, verb.Split(' '));

        Assert.True(result.ExitCode != 0, $"{verb} goes on: {result.Output}");
        Assert.Contains("is a link to", result.Errors, StringComparison.Ordinal);
        foreach (var victim in victims) Assert.Equal("mine", await File.ReadAllTextAsync(victim, TestContext.Current.CancellationToken));
        Assert.Equal(victims.Count, Directory.GetFiles(elsewhere.Folder.Root).Length);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("overmind.db")]
    [InlineData("overmind.db-wal")]
    [InlineData("overmind.db-shm")]
    [InlineData("overmind-daemon.pid")]
    [InlineData("overmind-daemon.sock")]
    [InlineData("overmind-daemon.trouble")]
    [InlineData("native-daemon.log")]
    [InlineData("native-daemon_001.log")]
    [InlineData("overmind-gui.token")]
    [InlineData("overmind-gui.agents")]
    public async Task Each_of_them_is_refused_as_a_link_and_as_a_pipe(string name)
    {
        using var folder = new TestFolder("web: echo hello; sleep 1000");
        using var elsewhere = new TestFolder();
        var (path, victim) = (Path.Combine(folder.Folder.Root, name), Path.Combine(elsewhere.Folder.Root, "victim"));
        await File.WriteAllTextAsync(victim, "mine", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(path, victim);
        foreach (var verb in new[] { "status", "quit", "logs" })
            Assert.Contains($"{name} is a link to {victim}", (await Cli.RunAsync(folder.Folder.Root, verb)).Errors, StringComparison.Ordinal);

        File.Delete(path);
        using (var mkfifo = Process.Start("mkfifo", [path])) await mkfifo.WaitForExitAsync(TestContext.Current.CancellationToken);
        foreach (var verb in new[] { "status", "daemon" })
            Assert.Contains($"{name} is a named pipe", (await Cli.RunAsync(folder.Folder.Root, verb)).Errors, StringComparison.Ordinal);

        Assert.Equal("mine", await File.ReadAllTextAsync(victim, TestContext.Current.CancellationToken));
    }

    // All that ProjectFolder names, but for what people write themselves.
    private static IEnumerable<string> OwnFileNames(TestFolder folder) =>
        typeof(ProjectFolder).GetProperties().Where(p => p.PropertyType == typeof(string))
            .Select(p => (string)p.GetValue(folder.Folder)!)
            .Where(path => Path.GetDirectoryName(path) == folder.Folder.Data)
            .Except([folder.Folder.Procfile, folder.Folder.Declarations]);
}
