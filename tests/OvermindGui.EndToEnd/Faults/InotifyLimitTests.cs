using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd.Faults;

/// <summary>A system that has no inotify watches left.</summary>
public class InotifyLimitTests
{
    private const int Timeout = 120_000;

    // The limit of a user namespace, which ends with the daemon; that of the system stays as it is.
    private const string Start = "echo 12 > /proc/sys/user/max_inotify_watches && exec \"$1\" daemon --detach";

    [Fact(Timeout = Timeout)]
    public async Task Files_are_looked_at_again_and_again_and_the_log_says_how_to_raise_the_limit()
    {
        using var folder = new TestFolder("web: exec sleep 1000");
        var root = folder.Folder.Root;
        await File.WriteAllTextAsync(Path.Combine(root, "overmind-gui.yaml"), "processes:\n  web: {watch: [src]}\n", TestContext.Current.CancellationToken);
        foreach (var i in Enumerable.Range(0, 40))
            await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(root, "src", $"{i}")).FullName, "app.js"), "1", TestContext.Current.CancellationToken);
        var started = await Cli.RunAsync("unshare", root, ["--user", "--map-root-user", "sh", "-c", Start, "sh", Published.Executable]);
        Assert.Equal((0, ""), (started.ExitCode, started.Errors));
        await using var daemon = DetachedDaemon.Of(folder.Folder);

        await Eventually.TrueAsync(async () => (await Cli.RunAsync(root, "logs")).Output is var log
            && log.Contains("no inotify watches left", StringComparison.Ordinal) && log.Contains("sudo sysctl fs.inotify.max_user_watches=", StringComparison.Ordinal));
        await Eventually.TrueAsync(async () =>
        {
            await File.AppendAllTextAsync(Path.Combine(root, "src", "7", "app.js"), "2", TestContext.Current.CancellationToken); // the first look may come after a change
            return (await Cli.RunAsync(root, "ps")).Output.Contains("file-change:src/7/app.js", StringComparison.Ordinal)
                || (await Cli.RunAsync(root, "logs")).Output.Contains("src/7/app.js", StringComparison.Ordinal);
        });
    }
}
