using System.Diagnostics;
using System.Globalization;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd.Faults;

/// <summary>One process prints as fast as it can, beside nine that have little to say.</summary>
[Collection(BrowserTests.Name)]
public class FloodTests(Chromium chromium)
{
    private const int Quiet = 9;
    private const int KeepLines = 100_000;

    // A minute in `./run test long`.
    private static readonly TimeSpan Length =
        TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("OVERMIND_GUI_FLOOD_SECONDS") ?? "10", CultureInfo.InvariantCulture));

    private static readonly string Dummy = Path.Combine(AppContext.BaseDirectory, "OvermindGui.Dummy");

    // Each line says when it was written: how old is it in the frame after the one that got it first?
    private const string Observe =
        """
        () => {
          [window.ages, window.newest] = [[], {}];
          new MutationObserver(records => {
            const sent = [];
            for (const record of records) for (const node of record.addedNodes)
              for (const line of node.querySelectorAll?.('.line') ?? []) {
                const match = /sent ([\d.]+) line (\d+)/.exec(line.textContent);
                if (!match || window.newest[line.dataset.p] >= Number(match[2])) continue;
                window.newest[line.dataset.p] = Number(match[2]);
                sent.push(Number(match[1]));
              }
            requestAnimationFrame(() => setTimeout(() => {
              const now = performance.timeOrigin + performance.now();
              for (const time of sent) window.ages.push(now - time);
            }));
          }).observe(document.querySelector('[data-testid=log] .lines'), { childList: true, subtree: true });
        }
        """;

    // Hides the flood or shows it again: how long until the frame in which its row says so?
    private const string Click =
        """
        () => new Promise(done => {
          const row = document.querySelector('[data-testid=row-flood]');
          const [was, started] = [row.className, performance.now()];
          new MutationObserver((_, observer) => {
            if (row.className === was) return;
            observer.disconnect();
            requestAnimationFrame(() => setTimeout(() => done(performance.now() - started)));
          }).observe(row, { attributes: true });
          document.querySelector('[data-testid=show-flood]').click();
        })
        """;

    [Fact(Timeout = 300_000)]
    public async Task A_flood_drowns_neither_the_lines_of_others_nor_the_page_nor_the_memory()
    {
        using var folder = new TestFolder(
            [$"flood: while [ ! -e go ]; do sleep 0.1; done; while :; do {Dummy} lines 1000000; done",
                .. Enumerable.Range(1, Quiet).Select(n => $"q{n}: while [ ! -e go ]; do sleep 0.1; done; exec {Dummy} paced 2 1000000")]);
        await using var server = await Server.StartAsync(folder.Folder, "--keep-lines", $"{KeepLines}");
        await using var page = await chromium.OpenAsync(server.Address);
        await page.WaitForAsync("() => document.querySelector('.line')");
        await page.Page.EvaluateAsync(Observe);
        int[] pids = [DaemonLock.ReadPid(folder.Folder)!.Value, server.Pid];

        await File.WriteAllTextAsync(Path.Combine(folder.Folder.Root, "go"), "", TestContext.Current.CancellationToken);
        var (clicks, memory) = (new List<double>(), new List<double>());
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < Length)
        {
            clicks.Add(await page.Page.EvaluateAsync<double>(Click));
            memory.Add(pids.Sum(Figures.Megabytes));
            await Task.Delay(TimeSpan.FromMilliseconds(500), TestContext.Current.CancellationToken); // between two measurements
        }

        var numbers = Enumerable.Range(1, Quiet).Select(n => NumberedLines.Of(folder.Folder, $"q{n}")).ToList();
        await page.WaitForAsync($"() => Object.values(window.newest).filter(n => n >= {numbers.Min(n => n[^1])}).length === {Quiet}");
        var ages = await page.Page.EvaluateAsync<double[]>("() => window.ages");
        foreach (var of in numbers) Assert.Equal(NumberedLines.CountWhole(of), of[^1] + 1);
        Figures.Print($"flood of {Length.TotalSeconds} s, {server.Snapshot().LineCount} lines kept of {LastId(folder.Folder)}");
        Figures.Print($"quiet lines: {numbers.Sum(n => n.Count)} stored, {ages.Length} shown, age p50 {ages.At(.5):F0} p99 {ages.At(.99):F0} max {ages.At(1):F0} ms");
        Figures.Print($"{clicks.Count} clicks, p50 {clicks.At(.5):F0} p95 {clicks.At(.95):F0} max {clicks.At(1):F0} ms");
        Figures.Print($"memory of both, MB: after a third {memory[memory.Count / 3]:F0}, at the end {memory[^1]:F0}, most {memory.Max():F0}");
        // Far above what a calm machine shows: browser, flood and both halves share the cores with whatever else runs.
        Assert.True(ages.At(.5) < 20_000, "the quiet lines come late");
        Assert.True(clicks.At(.5) < 20_000, "clicks wait");
        Assert.InRange(memory[^1], 1, 800);
    }

    private static long LastId(ProjectFolder folder)
    {
        using var connection = OvermindDatabase.In(folder).OpenConnection();
        return (long)connection.Scalar("SELECT max(id) FROM lines")!;
    }
}
