using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Benchmarks;

/// <summary>What a long history costs: a start, a page that is opened, a page back and <c>ps</c>, beside a project with few lines.</summary>
internal static class GrowthBenchmark
{
    private const int Few = 10_000;
    private const int Rounds = 6;
    private const double Goal = 1.2;

    private static readonly string[] Steps = ["server → address", "page opened → painted", "a page back", "ps"];

    public static async Task RunAsync(int lines)
    {
        Environment.SetEnvironmentVariable("OVERMIND_GUI_KEEP_LINES", "1000000000");
        Environment.SetEnvironmentVariable("OVERMIND_GUI_KEEP_SIZE", "100G");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.LaunchAsync(playwright);
        var (few, many) = (await FolderAsync(Few), await FolderAsync(lines));
        var (ofFew, ofMany) = (new List<double[]>(), new List<double[]>());
        for (var round = 0; round <= Rounds; round++)
        {
            var (a, b) = (await MeasureAsync(few, browser), await MeasureAsync(many, browser));
            if (round == 0) continue; // reads the files from the disk
            ofFew.Add(a);
            ofMany.Add(b);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"growth: {Few:N0} and {lines:N0} stored lines, {Rounds} rounds in turns, ms"));
        foreach (var (i, step) in Steps.Index())
        {
            var (a, b) = (Median(ofFew.Select(f => f[i])), Median(ofMany.Select(f => f[i])));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {step,-22} {a,6:F0} {b,6:F0}   × {b / a:F2} (goal {Goal})"));
        }

        SqliteConnection.ClearAllPools();
        foreach (var folder in new[] { few, many }) Directory.Delete(folder.Root, recursive: true);
    }

    // A daemon has run on it before: it counts the lines and makes the filters of the search.
    private static async Task<ProjectFolder> FolderAsync(int lines)
    {
        var folder = Product.NewFolder("web: echo hello; sleep 1000");
        var (database, _) = new DatabaseOpener(folder, TimeProvider.System).Open();
        SearchBenchmark.Fill(database, lines, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - lines);
        var product = await Product.StartDaemonAsync(folder);
        while (!IsSettled(database, lines)) await Task.Delay(TimeSpan.FromMilliseconds(500));
        await product.EndAsync();
        return folder;
    }

    private static bool IsSettled(OvermindDatabase database, int lines)
    {
        using var connection = database.OpenConnection();
        return connection.Scalar("SELECT 1 FROM counted_lines WHERE from_id = 0") is not null
            && (long)connection.Scalar("SELECT count(*) FROM search_filters")! >= lines / 2048 - 4;
    }

    private static async Task<double[]> MeasureAsync(ProjectFolder folder, IBrowser browser)
    {
        var watch = Stopwatch.StartNew();
        var product = await Product.StartServerAsync(folder);
        var address = watch.Elapsed.TotalMilliseconds;
        await StartBenchmark.OpenAsync(browser, product); // compiles
        await using var context = await browser.NewContextAsync();
        await context.AddInitScriptAsync(StartBenchmark.NotePainting);
        var page = await context.NewPageAsync();
        await page.GotoAsync(product.Address!.ToString());
        var painted = await page.EvaluateAsync<double>("() => window.painted");
        var back = await ReadBackAsync(product);
        watch.Restart();
        using (var ps = Process.Start(new ProcessStartInfo(Product.Executable, ["ps", folder.Root]) { RedirectStandardOutput = true })!)
        {
            await ps.StandardOutput.ReadToEndAsync();
            await ps.WaitForExitAsync();
        }

        var listed = watch.Elapsed.TotalMilliseconds;
        await product.EndAsync();
        return [address, painted, back, listed];
    }

    // What the page asks when it is scrolled back.
    private static async Task<double> ReadBackAsync(Product product)
    {
        using var client = new HttpClient();
        var times = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            var watch = Stopwatch.StartNew();
            await client.GetStringAsync(new Uri(product.Address!, $"api/output?limit=500&before={Few / 2 + i}"));
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        return times.Min();
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
