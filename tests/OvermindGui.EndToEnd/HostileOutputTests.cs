using System.Diagnostics;
using System.Globalization;
using OvermindGui.Core.Control;
using OvermindGui.Core.Storage;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>Output that wants to do more than be read.</summary>
[Collection(BrowserTests.Name)]
public class HostileOutputTests(Chromium chromium, ITestOutputHelper report)
{
    private const int Timeout = 180_000;
    private const string Ticks = "quiet: i=0; while :; do i=$((i+1)); echo tick $i; sleep 0.2; done";

    // Each would set this where it ran.
    private const string Payload = "window.owned=1";

    [Fact(Timeout = Timeout)]
    public async Task Nothing_that_is_printed_runs_or_leaves_its_line()
    {
        using var folder = new TestFolder(Ticks, "evil: cat evil.txt; sleep 1000");
        await File.WriteAllTextAsync(
            Path.Combine(folder.Folder.Root, "evil.txt"),
            $"""
            <script>{Payload}</script><img src=x onerror="{Payload}"><svg onload={Payload}>
            " onmouseover="{Payload}" x="
            ' onmouseover='{Payload}' x='
            {"\e"}]8;;javascript:{Payload}{"\a"}javascript link{"\e"}]8;;{"\a"}
            {"\e"}]8;;https://example.org/"onclick="{Payload}{"\a"}quoted link{"\e"}]8;;{"\a"}
            {"\e"}]8;;data:text/html,<script>{Payload}</script>{"\a"}data link{"\e"}]8;;{"\a"}
            {"\e"}]52;c;cm0gLXJmIH4={"\a"}nul{"\0"}byte and {"\u202e"}override{"\u2066"}
            </div></body></html>--><!--
            {"\e"}[31m&lt;script&gt;{Payload}&lt;/script&gt;{"\e"}[m
            last of evil

            """,
            TestContext.Current.CancellationToken);
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);

        await page.LinesOf("evil").Filter(new() { HasText = "last of evil" }).WaitForAsync();
        foreach (var line in await page.LinesOf("evil").AllAsync())
        {
            await line.HoverAsync();
            await line.ClickAsync(new() { Position = new() { X = 2, Y = 2 } }); // beside the link that is one
        }

        Assert.Null(await page.Page.EvaluateAsync<int?>("() => window.owned ?? null"));
        Assert.Equal(0, await page.Page.Locator(".line :is(script, img, svg), .line [onerror], .line [onclick], .line [onmouseover]").CountAsync());
        var attributes = await page.Page.Locator(".line a").EvaluateAllAsync<string[]>("links => links.flatMap(a => [...a.attributes].map(x => x.name + '=' + x.value))");
        Assert.Equal(
            ["tabindex=-1", "class=", $"href=https://example.org/\"onclick=\"{Payload}", "target=_blank", "rel=noopener noreferrer nofollow"], attributes);
        Assert.Equal(10, await page.LinesOf("evil").CountAsync());
        await Microsoft.Playwright.Assertions.Expect(page.LinesOf("evil").Nth(6)).ToHaveTextAsync("nulbyte and U+202EoverrideU+2066");
        Assert.Empty(page.ForeignRequests);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("ten megabytes without a newline", "head -c 10000000 /dev/zero | tr '\\0' x")]
    [InlineData("a string sequence that never ends", "printf '\\033]0;'; head -c 30000000 /dev/zero | tr '\\0' o")]
    [InlineData("ten seconds of random bytes", "timeout 10 cat /dev/urandom")]
    public async Task A_torrent_leaves_memory_flat_and_the_others_readable(string what, string command)
    {
        using var folder = new TestFolder(Ticks, $"evil: until [ -e go ]; do sleep 0.05; done; {command}; printf '\\033c\\nlast of evil\\n'; sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.LinesOf("quiet").First.WaitForAsync();
        var (daemon, web) = (DaemonLock.ReadPid(folder.Folder)!.Value, server.Pid);
        var before = (Daemon: Megabytes(daemon), Web: Megabytes(web));

        await File.WriteAllTextAsync(Path.Combine(folder.Folder.Root, "go"), "", TestContext.Current.CancellationToken);
        var peak = before;
        var longestSilence = TimeSpan.Zero;
        using var connection = OvermindDatabase.In(folder.Folder).OpenConnection();
        while (connection.Scalar("SELECT 1 FROM lines WHERE id > (SELECT max(id) - 1000 FROM lines) AND text = 'last of evil'") is null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken); // between two measurements
            peak = (Math.Max(peak.Daemon, Megabytes(daemon)), Math.Max(peak.Web, Megabytes(web)));
            if (Silence(connection) is var silence && silence > longestSilence) longestSilence = silence;
        }

        report.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: daemon {before.Daemon:F0} -> {peak.Daemon:F0} MB, web {before.Web:F0} -> {peak.Web:F0} MB, {connection.Scalar("SELECT count(*) FROM lines")} lines, longest silence of the other {longestSilence.TotalSeconds:F1} s"));
        await page.LinesOf("evil").Filter(new() { HasText = "last of evil" }).WaitForAsync();
        var seen = await page.LinesOf("quiet").Last.TextContentAsync();
        await page.WaitForAsync($"() => [...document.querySelectorAll('.line[data-p=quiet]')].at(-1)?.textContent !== '{seen}'");
        Assert.InRange(peak.Daemon - before.Daemon, double.MinValue, 120);
        Assert.InRange(peak.Web - before.Web, double.MinValue, 200);
        Assert.InRange(longestSilence, TimeSpan.Zero, TimeSpan.FromSeconds(15)); // a torrent takes ten, and other tests run beside it
    }

    /// <summary>How old the newest tick is.</summary>
    private static TimeSpan Silence(Microsoft.Data.Sqlite.SqliteConnection connection) =>
        connection.Scalar("SELECT max(l.time) FROM lines l WHERE l.id = (SELECT max(id) FROM lines WHERE process_id = (SELECT id FROM processes WHERE name = 'quiet'))") is long time
            ? DateTimeOffset.UtcNow - DateTimeOffset.FromUnixTimeMilliseconds(time)
            : TimeSpan.Zero;

    private static double Megabytes(int pid)
    {
        using var process = Process.GetProcessById(pid);
        return process.WorkingSet64 / 1e6;
    }
}
