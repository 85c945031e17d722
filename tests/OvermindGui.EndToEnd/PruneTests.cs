using System.Text.Json;
using OvermindGui.Core.Storage;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

public class PruneTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task A_dry_run_shows_what_would_go_and_a_real_one_deletes_that_without_a_daemon()
    {
        using var log = new StoredLog("web: sleep 1000");
        log.AppendMany("web", Enumerable.Range(1, 299).Select(i => $"old {i}"));
        log.Append("web", "new", time: DateTimeOffset.UtcNow);
        using (var connection = OvermindDatabase.In(log.Folder).OpenConnection()) connection.Execute(null, "UPDATE processes SET line_count = 301");

        var dryRun = await Cli.RunAsync(log.Folder.Root, "prune", "--dry-run");
        Assert.Equal((0, ""), (dryRun.ExitCode, dryRun.Errors));
        Assert.Contains("Limits: 1,000,000 lines of each process (default), 30 days (default), 2G (default), around crashes and errors off (default)", dryRun.Output, StringComparison.Ordinal);
        Assert.Matches(@"web +301 .* 0 +300 +older than 30 days", dryRun.Output);
        Assert.Contains("Would delete 300 lines", dryRun.Output, StringComparison.Ordinal);
        using var report = JsonDocument.Parse((await Cli.RunAsync(log.Folder.Root, "prune", "--dry-run", "--json", "--keep-days", "30000", "--keep-lines", "200")).Output);
        Assert.Equal(101, report.RootElement.GetProperty("due_lines").GetInt32());

        var set = await Cli.RunAsync(log.Folder.Root, "prune", "--set", "--keep-lines", "5000");
        Assert.StartsWith("Limits: 5,000 lines of each process (", set.Output, StringComparison.Ordinal);
        Assert.Contains("5,000 lines", (await Cli.RunAsync(log.Folder.Root, "prune", "--dry-run")).Output, StringComparison.Ordinal);
        Assert.StartsWith("Limits: 1,000,000 lines of each process (default)", (await Cli.RunAsync(log.Folder.Root, "prune", "--set")).Output, StringComparison.Ordinal);

        var done = await Cli.RunAsync(log.Folder.Root, "prune");
        Assert.Equal((0, ""), (done.ExitCode, done.Errors));
        Assert.StartsWith("✓ Deleted 300 lines", done.Output, StringComparison.Ordinal);
        Assert.Equal("web | new\n", (await Cli.RunAsync(log.Folder.Root, "logs")).Output);
        Assert.Contains("Nothing exceeds the limits", (await Cli.RunAsync(log.Folder.Root, "prune")).Output, StringComparison.Ordinal);
    }
}
