using System.Diagnostics;
using System.Globalization;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd.Faults;

/// <summary>The disk of the folder fills up under a running daemon, and is made free again.</summary>
[Collection(BrowserTests.Name)]
public class FullDiskTests(Chromium chromium)
{
    private const int Timeout = 180_000;
    private const int Flood = 400_000;

    // Much for what has to wait for nothing, on a machine that does other things as well.
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(20);

    private static readonly string Dummy = Path.Combine(AppContext.BaseDirectory, "OvermindGui.Dummy");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = Timeout)]
    public async Task A_full_disk_stops_no_process_is_reported_everywhere_and_what_was_printed_meanwhile_is_stored_when_there_is_room()
    {
        await using var disk = await SmallDisk.StartAsync(
            32, $"web: exec {Dummy} paced 100 1000000", "quiet: exec sleep 1000");
        using var api = new ApiClient(disk.Address);
        await using var page = await chromium.OpenAsync(disk.Address);
        var (pids, before) = (await PidsAsync(api), await NewestAsync(api, "web"));

        disk.Fill();
        await page.ExpectVisibleAsync("storage-trouble");
        Assert.All(pids, pid => Assert.True(Server.IsAlive(pid)));
        var waiting = Stopwatch.StartNew();
        var (_, stopped) = await api.PostAsync("/api/process/quiet/stop");
        Assert.Equal("Stopped quiet", stopped.GetProperty("message").GetString());
        Assert.True(waiting.Elapsed < AtOnce, $"It took {waiting.Elapsed}");
        Assert.False(Server.IsAlive(pids[1]));
        Assert.True(Server.IsAlive(pids[0]));

        disk.Free();
        await page.ExpectHiddenAsync("storage-trouble");
        Assert.Contains("can be written again; 0 lines were lost", await LogAsync(disk, "can be written again"), StringComparison.Ordinal);
        var (_, restarted) = await api.PostAsync("/api/process/quiet/restart");
        Assert.True(restarted.GetProperty("success").GetBoolean());
        var numbers = await NumbersAsync(api, "web", until: before + 300);
        Figures.Print($"full disk: {NumberedLines.CountWhole(numbers)} lines, 0 lost");
    }

    [Fact(Timeout = Timeout)]
    public async Task On_a_full_disk_a_process_can_be_killed_and_a_shutdown_ends_everything_and_says_what_is_not_stored()
    {
        await using var disk = await SmallDisk.StartAsync(
            32, $"web: exec {Dummy} paced 100 1000000", "quiet: exec sleep 1000", "deaf: trap '' TERM; echo up; while :; do sleep 0.2; done");
        using var api = new ApiClient(disk.Address);
        await using var page = await chromium.OpenAsync(disk.Address);
        var (pids, daemon) = (await PidsAsync(api), disk.DaemonPid);

        disk.Fill();
        await page.ExpectVisibleAsync("storage-trouble");
        var waiting = Stopwatch.StartNew();
        var (_, killed) = await api.PostAsync("/api/process/deaf/kill");
        Assert.True(killed.GetProperty("success").GetBoolean(), killed.GetRawText());
        Assert.False(Server.IsAlive(pids[2]));
        Assert.True(waiting.Elapsed < AtOnce, $"The kill took {waiting.Elapsed}");

        waiting.Restart();
        var (_, ended) = await api.PostAsync("/api/shutdown");
        Assert.False(ended.GetProperty("success").GetBoolean());
        Assert.Contains("could not be stored", ended.GetRawText(), StringComparison.Ordinal);
        await Server.WaitForDeathAsync([.. pids, daemon]);
        Assert.True(waiting.Elapsed < 2 * AtOnce, $"The shutdown took {waiting.Elapsed}");
    }

    [Fact(Timeout = Timeout)]
    public async Task What_a_flood_prints_on_a_full_disk_is_kept_within_bounds_and_the_rest_is_counted_where_it_is_missing()
    {
        await using var disk = await SmallDisk.StartAsync(
            128, $"flood: while [ ! -e go ]; do sleep 0.1; done; exec {Dummy} lines {Flood}", "web: exec sleep 1000");
        using var api = new ApiClient(disk.Address);
        var flood = (await PidsAsync(api))[0];

        disk.Fill();
        disk.Touch("go");
        await Server.WaitForDeathAsync([flood]); // it could print all of it, though nothing can be stored
        var memory = Figures.Megabytes(disk.DaemonPid);
        Assert.InRange(memory, 1, 500);

        disk.Free();
        var texts = await TextsAsync(api, "flood", last: $"{Flood - 1}".PadLeft(8, '0'));
        var marker = Assert.Single(texts, t => t.Contains("are missing here", StringComparison.Ordinal));
        var missing = int.Parse(marker.Split(' ')[0], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        var stored = texts.Where(t => char.IsAsciiDigit(t[0]) && t != marker).Select(NumberedLines.NumberOf).ToList();
        Assert.Equal(Flood, missing + stored.Count);
        Figures.Print($"full disk, flood of {Flood}: {stored.Count} stored, {missing} counted as missing, daemon {memory:F0} MB");
    }

    private static async Task<int[]> PidsAsync(ApiClient api)
    {
        var (_, body) = await api.GetAsync("/api/processes");
        return [.. body.GetProperty("processes").EnumerateObject().Select(p => p.Value.GetProperty("pid").GetInt32())];
    }

    private static async Task<long> NewestAsync(ApiClient api, string process)
    {
        await foreach (var (_, text) in api.LinesAsync($"?process={process}&after=0"))
            if (text.StartsWith("sent", StringComparison.Ordinal)) return NumberedLines.NumberOf(text);
        throw new InvalidOperationException("The stream ended");
    }

    private static async Task<string> LogAsync(SmallDisk disk, string words)
    {
        await Eventually.TrueAsync(() => disk.Log.Contains(words, StringComparison.Ordinal));
        return disk.Log;
    }

    private static async Task<List<long>> NumbersAsync(ApiClient api, string process, long until)
    {
        var numbers = new List<long>();
        await foreach (var (_, text) in api.LinesAsync($"?process={process}&after=0"))
        {
            if (text.StartsWith("sent", StringComparison.Ordinal)) numbers.Add(NumberedLines.NumberOf(text));
            if (numbers is [.., var last] && last >= until) break;
        }

        return numbers;
    }

    private static async Task<List<string>> TextsAsync(ApiClient api, string process, string last)
    {
        var texts = new List<string>();
        await foreach (var (_, text) in api.LinesAsync($"?process={process}&after=0"))
        {
            texts.Add(text);
            if (text.StartsWith(last, StringComparison.Ordinal)) break;
        }

        return texts;
    }
}
