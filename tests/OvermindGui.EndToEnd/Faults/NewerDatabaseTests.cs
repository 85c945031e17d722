using System.Security.Cryptography;
using OvermindGui.Core.Storage;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd.Faults;

/// <summary>A newer version has been here: its database is neither changed nor set aside, and each start says so.</summary>
[Collection(BrowserTests.Name)]
public class NewerDatabaseTests(Chromium chromium)
{
    private const string Words = "was written by a newer version of Overmind GUI; update this one, or move the file away";

    [Fact(Timeout = 120_000)]
    public async Task A_newer_database_is_refused_with_words_and_left_as_it_is()
    {
        using var log = new StoredLog("web: exec sleep 1000");
        log.Append("web", "of before");
        using (var connection = OvermindDatabase.In(log.Folder).OpenConnection())
            connection.Execute(
                null, "INSERT INTO __EFMigrationsHistory VALUES ('29991231235959_Later', '99.0'); PRAGMA wal_checkpoint(TRUNCATE)");
        var before = await HashAsync(log.Folder.Database);

        foreach (var command in (string[][])[["daemon", "--detach"], ["server"]])
        {
            var result = await Cli.RunAsync(log.Folder.Root, command);
            Assert.Equal(1, result.ExitCode);
            Assert.Contains(Words, result.Errors, StringComparison.Ordinal);
        }

        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.ExpectTextAsync("warning", Words);
        await page.ExpectTextAsync("log", "of before");
        await page.By("start-daemon").ClickAsync();
        await page.ExpectTextAsync("start-failure", Words);
        Assert.Equal(before, await HashAsync(log.Folder.Database));
        Assert.DoesNotContain(Directory.GetFiles(log.Folder.Root), f => f.Contains("overmind.db.", StringComparison.Ordinal));
    }

    private static async Task<string> HashAsync(string file) =>
        Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)));
}
