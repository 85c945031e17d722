using System.Globalization;
using System.Text;
using Microsoft.Playwright;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;

namespace OvermindGui.Benchmarks;

/// <summary>
/// From a child's write to the committed row: coloured lines of 100 bytes, printed as fast as the terminal takes them. The limit and each
/// build take turns, so that what else the machine does meets all of them.
/// </summary>
internal static class IngestBenchmark
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(30);

    /// <summary>Throws when a line was lost.</summary>
    public static async Task RunAsync(int processes, int linesEach, int rounds = 8)
    {
        var total = processes * linesEach;
        var text = Path.Combine(Path.GetTempPath(), $"overmind-gui-bench-{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(text, Lines(linesEach));
        var products = new List<Contender>();
        try
        {
            foreach (var executable in Product.Executables) products.Add(await Contender.StartAsync(executable, processes, text));
            var limit = PtyLimit.Build();
            var limits = new List<(double Rate, double Cpu)>();
            for (var round = 0; round < rounds; round++)
            {
                if (limit is not null) limits.Add(await limit.MeasureAsync(processes, $"exec cat {text}"));
                foreach (var product in products) await product.BurstAsync(total, processes);
            }

            Console.WriteLine($"burst of {total:N0} lines, {processes} process(es), {rounds} rounds, the first one cold, 0 lost");
            if (limits.Count > 0) Print("limit: a C reader", limits, null);
            foreach (var product in products) Print(product.Name, product.Rounds, limits.Count > 0 ? Median(limits.Skip(1).Select(l => l.Rate)) : null);
        }
        finally
        {
            foreach (var product in products) await product.DisposeAsync();
            File.Delete(text);
        }
    }

    /// <summary>What both halves take right after the same burst, with the page of all processes open in a browser.</summary>
    public static async Task RunMemoryAsync(int processes, int linesEach)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.LaunchAsync(playwright);
        var text = Path.Combine(Path.GetTempPath(), $"overmind-gui-bench-{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(text, Lines(linesEach));
        Console.WriteLine($"memory of both halves after a burst of {processes * linesEach:N0} lines, {processes} process(es), one browser (PSS; goal 160 MB)");
        try
        {
            foreach (var executable in Product.Executables)
            {
                await using var contender = await Contender.ServeAsync(executable, processes, text);
                await using var context = await browser.NewContextAsync();
                var page = await context.NewPageAsync();
                await page.GotoAsync(contender.Address.ToString());
                await page.Locator(".line").Last.WaitForAsync();
                var before = contender.Megabytes;
                await contender.BurstAsync(processes * linesEach, processes);
                var after = contender.Megabytes;
                await Task.Delay(Settling);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {executable}: {after.Sum():F0} MB (daemon {after[0]:F0}, dashboard {after[1]:F0}); before {before.Sum():F0}, {Settling.TotalSeconds:F0} s later {contender.Megabytes.Sum():F0}"));
            }
        }
        finally
        {
            File.Delete(text);
        }
    }

    private static void Print(string name, List<(double Rate, double Cpu)> rounds, double? limit)
    {
        var rates = rounds.Skip(1).Select(r => r.Rate).ToArray();
        var share = limit is { } most ? string.Create(CultureInfo.InvariantCulture, $"  share of the limit {Median(rates) / most:F2}") : "";
        Console.WriteLine($"  {name}");
        Console.WriteLine($"    lines/s       first {rounds[0].Rate:F0}  then {Product.Figures(rates, "F0")}{share}");
        Console.WriteLine($"    CPU µs a line first {rounds[0].Cpu:F2}  then {Product.Figures(rounds.Skip(1).Select(r => r.Cpu), "F2")}");
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;

    private static string Lines(int count)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
            text.Append($"\e[32m{i:D8}\e[0m \e[1mGET\e[0m /orders/{i} \e[33m200\e[0m".PadRight(99, '.')).Append('\n');
        return text.ToString();
    }

    /// <summary>A daemon of one build that stays for all rounds.</summary>
    private sealed class Contender(string name, Product product) : IAsyncDisposable
    {
        private readonly OvermindDatabase _database = OvermindDatabase.In(product.Folder);

        public string Name => name;

        public List<(double Rate, double Cpu)> Rounds { get; } = [];

        public Uri Address => product.Address!;

        /// <summary>Of the daemon and of the dashboard, where there is one.</summary>
        public double[] Megabytes => [.. product.Pids.Select(Product.Megabytes)];

        public static Task<Contender> StartAsync(string executable, int processes, string text) =>
            BeginAsync(executable, processes, text, folder => Product.StartDaemonAsync(folder, executable));

        public static Task<Contender> ServeAsync(string executable, int processes, string text) =>
            BeginAsync(executable, processes, text, folder => Product.StartServerAsync(folder, executable));

        private static async Task<Contender> BeginAsync(string name, int processes, string text, Func<ProjectFolder, Task<Product>> start)
        {
            var folder = Product.NewFolder([.. Enumerable.Range(1, processes).Select(i => $"p{i}: [ -e go ] && exec cat {text}")]);
            var product = await start(folder);
            await File.WriteAllTextAsync(Path.Combine(folder.Root, "go"), "");
            return new Contender(name, product);
        }

        public async Task BurstAsync(int total, int processes)
        {
            var (lastBefore, cpuBefore) = (Scalar("SELECT coalesce(max(id), $1) FROM lines", 0), product.Cpu());
            await new CommandClient(_database, TimeProvider.System).SendAsync(CommandKind.Start, null, TimeSpan.FromSeconds(60), CancellationToken.None);
            // Counting rows would take the core away from the daemon. Every process has its notice of the start as well.
            while (Scalar("SELECT coalesce(max(id), $1) FROM lines", 0) < lastBefore + total + processes) await Task.Delay(2);
            var ended = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            var seconds = (ended - Scalar("SELECT min(time) FROM lines WHERE id > $1 AND stream <> 3", lastBefore)) / 1000.0;
            while (!new SystemReader(_database).Read().Processes.All(p => p.State == ProcessState.Exited)) await Task.Delay(20);
            // Notices are the daemon's own.
            var printed = Scalar("SELECT count(*) FROM lines WHERE id > $1 AND stream <> 3", lastBefore);
            if (printed != total) throw new InvalidOperationException($"{printed} lines are stored, {total} were printed");
            Rounds.Add((total / seconds, (product.Cpu() - cpuBefore).TotalMicroseconds / total));
        }

        public ValueTask DisposeAsync() => product.DisposeAsync();

        private long Scalar(string sql, long after)
        {
            using var connection = _database.OpenConnection();
            return (long)connection.Scalar(sql, after)!;
        }
    }
}
