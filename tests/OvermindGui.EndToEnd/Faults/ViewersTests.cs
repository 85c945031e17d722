using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd.Faults;

/// <summary>Fifty open pages and a handful of streams, of which one of each reads nothing any more.</summary>
[Collection(BrowserTests.Name)]
public partial class ViewersTests(Chromium chromium)
{
    private const int Pages = 50;
    private const int Streams = 5;
    private const int Lines = 200;

    // More than all buffers between a stream and its reader hold.
    private const int Past = 50_000;

    private static readonly string Dummy = Path.Combine(AppContext.BaseDirectory, "OvermindGui.Dummy");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 240_000)]
    public async Task A_page_and_a_stream_that_no_one_reads_slow_neither_the_daemon_nor_the_other_viewers()
    {
        using var folder = new TestFolder(
            $"past: exec {Dummy} lines {Past}", $"web: while [ ! -e go ]; do sleep 0.05; done; exec {Dummy} paced 20 {Lines}");
        await using var server = await Server.StartAsync(folder.Folder);
        var viewers = Enumerable.Range(0, Pages).Select(_ => new Viewer()).ToList();
        var circuits = new List<CircuitClient>();
        var (stuckStream, streams) = (Stream.Null, new List<Task<int>>());
        using var http = new HttpClient { BaseAddress = server.Address };
        try
        {
            foreach (var viewer in viewers) circuits.Add(await CircuitClient.OpenAsync(server.Address, viewer.Take));
            await UntilAsync(() => viewers.TrueForAll(v => v.SeesLines), circuits);
            await using var page = await chromium.OpenAsync(server.Address);
            await page.WaitForAsync("() => document.querySelector('.line')");
            circuits[0].StandsStill = true;
            stuckStream = await http.GetStreamAsync("/api/output/stream?after=0", Cancellation);
            streams.AddRange(Enumerable.Range(0, Streams).Select(_ => CountAsync(server)));

            await File.WriteAllTextAsync(Path.Combine(folder.Folder.Root, "go"), "", Cancellation);
            await UntilAsync(() => viewers.Skip(1).All(v => v.Seen.ContainsKey(Lines - 1)), circuits.Skip(1));
            await page.WaitForAsync($"() => [...document.querySelectorAll('.line[data-p=web]')].some(l => l.textContent.trimEnd().endsWith('line {Lines - 1}'))");
            Assert.All(await Task.WhenAll(streams), count => Assert.Equal(Lines, count));
        }
        finally
        {
            foreach (var circuit in circuits) await circuit.DisposeAsync();
            await stuckStream.DisposeAsync();
        }

        // What a page shows it got in time and whole; what the daemon stored, it stored in time.
        Assert.All(viewers.Skip(1), v => Assert.Equal(Enumerable.Range(0, Lines), v.Seen.Keys.Order()));
        Assert.Equal(Lines, NumberedLines.CountWhole(NumberedLines.Of(folder.Folder, "web")));
        var ages = viewers.Skip(1).SelectMany(v => v.Seen.Values).ToList();
        var stored = StoredAges(folder.Folder);
        Figures.Print($"{Pages} pages, one stuck; {Lines} lines: rendered to a page p50 {ages.At(.5):F0} p99 {ages.At(.99):F0} max {ages.At(1):F0} ms");
        Figures.Print($"read by the daemon p99 {stored.At(.99):F0} ms; memory: daemon {Figures.Megabytes(DaemonLock.ReadPid(folder.Folder)!.Value):F0} MB, dashboard {Figures.Megabytes(server.Pid):F0} MB");
        Assert.True(ages.At(.5) < 20_000, "the pages lag behind");
        Assert.True(stored.At(.5) < 20_000, "the daemon lags behind");
    }

    // A circuit that broke ends the wait.
    private static Task UntilAsync(Func<bool> condition, IEnumerable<CircuitClient> circuits)
    {
        var open = circuits.ToList();
        return Eventually.TrueAsync(condition, () => Assert.All(open, circuit => Assert.Null(circuit.Error)));
    }

    private static async Task<int> CountAsync(Server server)
    {
        using var api = new ApiClient(server);
        var count = 0;
        await foreach (var (_, text) in api.LinesAsync("?process=web&after=0"))
            if (text.StartsWith("sent", StringComparison.Ordinal) && ++count == Lines) break;
        return count;
    }

    // From the child's write to the daemon's read.
    private static List<double> StoredAges(ProjectFolder folder)
    {
        using var connection = OvermindDatabase.In(folder).OpenConnection();
        return connection.Query(
            "SELECT text, time FROM lines WHERE text LIKE 'sent %'",
            row => row.GetInt64(1) - double.Parse(row.GetString(0).Split(' ')[1], CultureInfo.InvariantCulture));
    }

    private sealed partial class Viewer
    {
        /// <summary>How old each line was when it was rendered here, by its number.</summary>
        public ConcurrentDictionary<int, double> Seen { get; } = [];

        public volatile bool SeesLines;

        public void Take(string rendered)
        {
            SeesLines |= rendered.Contains("class=\"line", StringComparison.Ordinal);
            var now = (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds;
            foreach (Match line in LinePattern().Matches(rendered))
                Seen.TryAdd(
                    int.Parse(line.Groups[2].ValueSpan, CultureInfo.InvariantCulture),
                    now - double.Parse(line.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
        }

        [GeneratedRegex(@"sent (\d+\.\d+) (?:<[^>]*>)*line (\d+)")]
        private static partial Regex LinePattern();
    }
}
