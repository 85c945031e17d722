using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>A daemon is killed with SIGKILL, which leaves it no time for anything.</summary>
[Collection(BrowserTests.Name)]
public class OrphanTests(Chromium chromium)
{
    private const int Timeout = 120_000;
    private const int Processes = 8;

    // A line is counted in a file before it is printed, so that what was printed and not stored can be counted too.
    private const string Counting = "n=0; while :; do n=$((n+1)); echo $n >>FILE; echo $n; sleep 0.01; done";

    // As fast as a shell can, and wide enough that what a terminal holds is few lines.
    private const string Flood = "n=0; while :; do n=$((n+1)); echo $n >>FILE; echo $n ........................................; done";
    private const int WidthInFlood = 42;
    private const int TerminalHolds = 64 * 1024;

    // Over pipes nothing hangs up on them, and they outlive their daemon as long as they print nothing.
    private static readonly string Quiet = $"exec {Path.Combine(AppContext.BaseDirectory, "OvermindGui.Dummy")} listen PORT";

    [Fact(Timeout = Timeout)]
    public async Task What_it_had_read_is_stored_the_page_says_that_it_is_gone_and_the_next_one_runs_nothing_twice()
    {
        using var folder = new TestFolder(
            [.. Enumerable.Range(1, Processes).Select(n => $"p{n}: {Counting.Replace("FILE", $"p{n}.printed", StringComparison.Ordinal)}")]);
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        for (var n = 1; n <= Processes; n++) await server.WaitForAsync($"p{n}", p => p.LineCount > 100);
        var pids = server.Pids();

        var killed = Stopwatch.GetTimestamp();
        _ = Server.SendSignal(server.Snapshot().DaemonPid!.Value, Server.Kill);
        await page.ExpectVisibleAsync("daemon-gone");
        Figures.Print($"the page says so after {Stopwatch.GetElapsedTime(killed).TotalMilliseconds:F0} ms");
        await page.ExpectTextAsync("status-p1", "unknown");
        await Server.WaitForDeathAsync(pids.Values); // their terminals hung up

        using (var connection = OvermindDatabase.In(folder.Folder).OpenConnection())
            Assert.Equal("ok", connection.Scalar("PRAGMA integrity_check"));
        for (var n = 1; n <= Processes; n++)
        {
            var stored = Stored(folder.Folder, $"p{n}");
            var printed = File.ReadLines(Path.Combine(folder.Folder.Root, $"p{n}.printed")).Count();
            Assert.Equal(Enumerable.Range(1, stored.Count), stored);
            Assert.InRange(printed - stored.Count, 0, 1_000); // a batch
        }

        await page.By("start-daemon").ClickAsync();
        await page.ExpectHiddenAsync("daemon-gone");
        await page.ExpectTextAsync("status-p1", "running");
        for (var n = 1; n <= Processes; n++) await server.WaitForAsync($"p{n}", p => p.Pid is not null && p.Pid != pids[$"p{n}"]);
        Assert.Equal(Processes, Runs(folder.Folder));
    }

    [Fact(Timeout = Timeout)]
    public async Task In_a_flood_it_has_stored_all_but_a_batch_of_what_it_had_read()
    {
        using var folder = new TestFolder(
            [.. Enumerable.Range(1, Processes).Select(n => $"p{n}: {Flood.Replace("FILE", $"p{n}.printed", StringComparison.Ordinal)}")]);
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder);
        var reader = new SystemReader(OvermindDatabase.In(folder.Folder));
        await Eventually.TrueAsync(() => reader.Read().Processes.All(p => p.LineCount >= 5_000));

        var left = await KillAsync(folder.Folder, Processes);
        await Server.WaitForDeathAsync(left.Select(p => (int?)p.Pid)); // their terminals hung up

        var missing = 0;
        for (var n = 1; n <= Processes; n++)
        {
            var stored = Stored(folder.Folder, $"p{n}");
            Assert.Equal(Enumerable.Range(1, stored.Count), stored);
            missing += File.ReadLines(Path.Combine(folder.Folder.Root, $"p{n}.printed")).Count() - stored.Count;
        }

        Figures.Print($"{missing} lines were in terminals and in memory");
        Assert.InRange(missing, 0, 4_000 + Processes * (350 + TerminalHolds / WidthInFlood));
    }

    [Fact(Timeout = Timeout)]
    public async Task What_it_leaves_is_ended_before_the_next_one_starts_it_and_its_port_is_free()
    {
        var port = Ports.Next();
        using var folder = new TestFolder(
            "web: " + Quiet.Replace("PORT", $"{port}", StringComparison.Ordinal),
            "stray: env -i $(command -v setsid) sleep 1000 & exec sleep 1000");
        await using var first = await DetachedDaemon.StartAsync(folder.Folder, "--no-pty");
        var left = await KillAsync(folder.Folder, processes: 3);

        await using var second = await DetachedDaemon.StartAsync(folder.Folder, "--no-pty");

        await Server.WaitForDeathAsync(left.Select(p => (int?)p.Pid));
        await Eventually.TrueAsync(async () => await AnswersAsync(port));
        await Eventually.TrueAsync(() => TaggedProcess.Of(folder.Folder).Count >= 3);
        Assert.Equal(2, Runs(folder.Folder));
        Assert.Contains(
            (await Cli.RunAsync(folder.Folder.Root, "logs", "system")).Output.Split('\n'),
            line => line.Contains("Ended web (PID ", StringComparison.Ordinal) && line.EndsWith("left by a daemon that was killed", StringComparison.Ordinal));
    }

    [Fact(Timeout = Timeout)]
    public async Task What_it_leaves_can_be_adopted_it_keeps_its_PID_and_can_be_stopped()
    {
        using var folder = new TestFolder("web: " + Quiet.Replace("PORT", $"{Ports.Next()}", StringComparison.Ordinal), "old: exec sleep 1000");
        await using var first = await DetachedDaemon.StartAsync(folder.Folder, "--no-pty");
        var web = Pid(folder.Folder, "web");
        var left = await KillAsync(folder.Folder, processes: 2);
        await File.WriteAllTextAsync(folder.Folder.Procfile, (await File.ReadAllTextAsync(folder.Folder.Procfile, Cancellation)).Replace("old:", "new:", StringComparison.Ordinal), Cancellation);

        await using var second = await DetachedDaemon.StartAsync(folder.Folder, "--no-pty", "--orphans", "adopt");

        Assert.Equal(web, Pid(folder.Folder, "web"));
        await Server.WaitForDeathAsync(left.Where(p => p.Pid != web).Select(p => (int?)p.Pid)); // no plan has it any more
        Assert.Contains($"Adopted with PID {web}", (await Cli.RunAsync(folder.Folder.Root, "logs", "web")).Output, StringComparison.Ordinal);
        Assert.Equal("Stopped web\n", (await Cli.RunAsync(folder.Folder.Root, "stop", "web")).Output);
        await Server.WaitForDeathAsync([web]);
        Assert.Equal("Started web\n", (await Cli.RunAsync(folder.Folder.Root, "start", "web")).Output);
        Assert.NotEqual(web, Pid(folder.Folder, "web"));
    }

    [Fact(Timeout = Timeout)]
    public async Task Another_word_for_it_is_refused()
    {
        using var folder = new TestFolder("web: sleep 1000");

        var result = await Cli.RunAsync(folder.Folder.Root, "daemon", "--orphans", "maybe");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("--orphans maybe: expected kill or adopt\n", result.Errors, StringComparison.Ordinal);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // Returns what it leaves: all that carries a mark of the folder.
    private static async Task<IReadOnlyList<TaggedProcess>> KillAsync(ProjectFolder folder, int processes)
    {
        await Eventually.TrueAsync(() => TaggedProcess.Of(folder).Count >= processes);
        _ = Server.SendSignal(DaemonLock.ReadPid(folder)!.Value, Server.Kill);
        await Eventually.TrueAsync(() => !DaemonLock.IsHeld(folder));
        return TaggedProcess.Of(folder);
    }

    private static int? Pid(ProjectFolder folder, string process) =>
        new SystemReader(OvermindDatabase.In(folder)).Read().Processes.Single(p => p.Name == process).Pid;

    private static List<int> Stored(ProjectFolder folder, string process)
    {
        using var connection = OvermindDatabase.In(folder).OpenConnection();
        return connection.Query(
            "SELECT l.text FROM lines l JOIN processes p ON p.id = l.process_id WHERE p.name = $1 AND l.stream <> $2 ORDER BY l.id",
            row => int.Parse(row.GetString(0).Split(' ')[0], CultureInfo.InvariantCulture), process, (int)Core.Contracts.LineSource.Notice);
    }

    private static int Runs(ProjectFolder folder) => TaggedProcess.Of(folder).DistinctBy(p => p.Mark).Count();

    private static async Task<bool> AnswersAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, Cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
