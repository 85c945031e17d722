using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>What is written into a project's folder, which may have come from elsewhere.</summary>
public sealed class FileTests
{
    private const int Timeout = 60_000;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Readable = Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    [Fact(Timeout = Timeout)]
    public async Task Output_is_for_its_owner_alone_and_the_pid_for_all()
    {
        using var folder = new TestFolder("web: echo secret; sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        await server.FirstLineOfAsync("web");
        var database = folder.Folder.Database;
        foreach (var path in new[] { database, database + "-wal", database + "-shm", folder.Folder.DaemonLog })
            Assert.Equal(Private, File.GetUnixFileMode(path));
        Assert.Equal(Readable, File.GetUnixFileMode(folder.Folder.PidFile));
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
}
