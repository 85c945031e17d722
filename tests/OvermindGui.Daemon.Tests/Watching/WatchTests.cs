using System.Diagnostics;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Watching;

public class WatchTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task A_saved_file_restarts_the_process_once_and_is_named_as_the_cause()
    {
        await using var daemon = await StartAsync("  web: {watch: [src]}\n", [("src/app.js", "1")], "web: exec sleep 1000");
        await WatchedAsync(daemon, "web", "src/app.js");
        var before = daemon.Causes("web").Count;

        daemon.Save("src/app.js", "2"); // by a file beside it that is renamed, as editors do

        await daemon.UntilAsync(() => daemon.Causes("web").Count > before);
        Assert.Equal("file change", daemon.Causes("web")[^1]);
        Assert.StartsWith("file-change:src/app.js", StartedBy(daemon, "web"), StringComparison.Ordinal);
        Assert.Equal(before + 1, daemon.Causes("web").Count);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_checkout_of_five_hundred_files_among_twenty_thousand_restarts_once()
    {
        using var folder = new TestFolder("web: exec sleep 1000");
        var root = folder.Folder.Root;
        for (var i = 0; i < 200; i++)
        {
            Directory.CreateDirectory(Path.Combine(root, $"src/d{i}"));
            for (var j = 0; j < 100; j++) await File.WriteAllTextAsync(Path.Combine(root, $"src/d{i}/f{j}.txt"), "", TestContext.Current.CancellationToken);
        }

        await File.WriteAllTextAsync(Path.Combine(root, "overmind-gui.yaml"), "processes:\n  web: {watch: {paths: [src], debounce: 1s}}\n", TestContext.Current.CancellationToken);
        Git(root, "init -q && git add src && git -c user.name=t -c user.email=t@t commit -qm one && git checkout -qb other");
        Git(root, "for i in 1 2 3 4 5; do for f in src/d$i/*; do echo changed > $f; done; done; git -c user.name=t -c user.email=t@t commit -qam two && git checkout -q -");
        await using var daemon = await TestDaemon.StartAsync(folder.Folder);
        await WatchedAsync(daemon, "web", "src/d0/f0.txt");
        var before = daemon.Causes("web").Count;

        Git(root, "git checkout -q other");

        await daemon.UntilAsync(() => daemon.Causes("web").Count > before);
        Assert.Matches(@"^file-change:src/d\d/f\d+\.txt and 499 more files$", StartedBy(daemon, "web"));
        Assert.Equal(before + 1, daemon.Causes("web").Count);
    }

    [Fact(Timeout = Timeout)]
    public async Task Ignored_files_and_a_process_that_was_stopped_stay_as_they_are()
    {
        await using var daemon = await StartAsync(
            "  web: {watch: {paths: [src], ignore: ['*.gen']}}\n  api: {watch: [src]}\n", [("src/a", "1"), (".gitignore", "*.log\n")], "web: exec sleep 1000", "api: exec sleep 1000");
        await WatchedAsync(daemon, "web", "src/a");
        await daemon.SendAsync(CommandKind.Stop, "api");
        var (web, api) = (daemon.Causes("web").Count, daemon.Causes("api").Count);

        foreach (var ignored in new[] { "src/x.log", "src/x.gen", "src/.a.swp" })
            await File.WriteAllTextAsync(Path.Combine(daemon.Folder.Root, ignored), "1", TestContext.Current.CancellationToken);
        Directory.CreateDirectory(Path.Combine(daemon.Folder.Root, "src/new"));
        daemon.Save("src/new/b", "1");

        await daemon.UntilAsync(() => daemon.Causes("web").Count > web);
        Assert.StartsWith("file-change:src/new/b", StartedBy(daemon, "web"), StringComparison.Ordinal);
        Assert.Equal(api, daemon.Causes("api").Count);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_signal_or_a_command_takes_the_place_of_the_restart()
    {
        await using var daemon = await StartAsync(
            "  web: {watch: {paths: [src], signal: HUP}}\n  css: {watch: {paths: [src], command: 'echo built; exit 3'}}\n", [("src/a", "1")],
            "web: trap 'echo reloaded' HUP; echo up; while :; do sleep 0.1; done", "css: exec sleep 1000");
        await daemon.WaitForLineAsync("web", "up");

        await TouchUntilAsync(daemon, "src/a", () => daemon.Output("web").Any(l => l.Text == "reloaded")
            && daemon.Lines("css").Any(l => l.Text == "\"echo built; exit 3\" exited with code 3"));

        Assert.Contains("built", daemon.Lines("css").Select(l => l.Text));
        Assert.Single(daemon.Causes("web"));
        Assert.Single(daemon.Causes("css"));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_process_that_failed_is_started_again_and_those_that_depend_on_one_follow_it()
    {
        await using var daemon = await StartAsync(
            "  lib: {watch: {paths: [src], cascade: true}}\n  web: {depends_on: {lib: started}}\n  bad: {watch: [src]}\n", [("src/a", "1")],
            "lib: exec sleep 1000", "web: exec sleep 1000", "bad: exit 1");
        await daemon.WaitForAsync("bad", p => p.State == ProcessState.Dead);
        await daemon.WaitForAsync("web", p => p.State == ProcessState.Running);

        await TouchUntilAsync(daemon, "src/a", () => daemon.Causes("lib").Count > 1 && daemon.Causes("web").Count > 1 && daemon.Causes("bad").Count > 1);

        Assert.Equal("file change", daemon.Causes("web")[1]);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_process_that_writes_a_watched_file_at_each_start_is_not_restarted_endlessly()
    {
        await using var daemon = await StartAsync("  web: {watch: {paths: [src], debounce: 50ms}}\n", [("src/a", "1")], "web: echo x > src/out; exec sleep 1000");

        await TouchUntilAsync(daemon, "src/a", () => daemon.Causes("web").Count > 1);

        await daemon.WaitForWordsAsync("changes whenever web has just been restarted");
        Assert.InRange(daemon.Causes("web").Count, 4, 12);
    }

    // The watches are set up a moment after the start, so the first change may come too early.
    private static Task WatchedAsync(TestDaemon daemon, string process, string file) =>
        TouchUntilAsync(daemon, file, () => daemon.Causes(process).Count > 1);

    private static async Task TouchUntilAsync(TestDaemon daemon, string file, Func<bool> condition)
    {
        var (last, number) = (0L, 0);
        await daemon.UntilAsync(() =>
        {
            if (condition()) return true;
            if (last == 0 || Stopwatch.GetElapsedTime(last) > TimeSpan.FromSeconds(4))
            {
                daemon.Save(file, $"touch {number++}");
                last = Stopwatch.GetTimestamp();
            }

            return false;
        });
    }

    private static Task<TestDaemon> StartAsync(string processes, (string, string)[] files, params string[] procfile) =>
        TestDaemon.StartPlannedAsync(new PlanOptions(), [("overmind-gui.yaml", "processes:\n" + processes), .. files], TimeProvider.System, procfile);

    private static string StartedBy(TestDaemon daemon, string process)
    {
        using var context = daemon.Database.CreateDbContext();
        var id = context.KnownProcesses.Single(p => p.Name == process).Id;
        return context.Runs.Where(r => r.ProcessId == id).OrderBy(r => r.Id).Last().StartedBy!;
    }

    private static void Git(string folder, string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", command.StartsWith("init", StringComparison.Ordinal) ? $"git {command}" : command]) { WorkingDirectory = folder })!;
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }
}
