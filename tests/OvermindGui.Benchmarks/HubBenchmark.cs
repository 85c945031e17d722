using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;
using Npgsql;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Shipping;
using OvermindGui.Core.Storage;
using OvermindGui.Hub.Connecting;
using OvermindGui.Hub.Model;
using OvermindGui.Hub.Shipping;

namespace OvermindGui.Benchmarks;

/// <summary>
/// One hub with 1, 10 and 50 daemons at 200 lines/s each. All but one are simulated; the real one runs a child that prints the time of each
/// write, which is compared with the moment its row can be read, and with the frame of Chromium that shows it in a dashboard's page.
/// </summary>
internal static class HubBenchmark
{
    private const int LinesPerSecond = 200;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);

    // The frame after the one that got the line is painted.
    private const string Observe =
        """
        () => {
          window.latencies = [];
          new MutationObserver(records => {
            const sent = [];
            for (const record of records) for (const node of record.addedNodes) {
              const match = /sent ([\d.]+)/.exec(node.textContent ?? '');
              if (match) sent.push(Number(match[1]));
            }
            requestAnimationFrame(() => setTimeout(() => {
              const now = performance.timeOrigin + performance.now();
              for (const time of sent) window.latencies.push(now - time);
            }));
          }).observe(document.querySelector('[data-testid=hub-lines]'), { childList: true });
        }
        """;

    /// <param name="Cpu">Of PostgreSQL, ms a second.</param>
    private sealed record Figures(int Daemons, double Rows, double Cpu, double CpuPerThousand);

    /// <param name="numbers">Of daemons.</param>
    public static async Task RunAsync(int seconds, IReadOnlyList<int> numbers)
    {
        var all = new List<Figures>();
        foreach (var daemons in numbers)
        {
            await using var server = await PostgresServer.StartAsync();
            if (server is null)
            {
                Console.WriteLine("hub: PostgreSQL is not installed");
                return;
            }

            await using var hub = new HubDatabase(server.Address);
            await HubSchema.InitialiseAsync(hub, null, withSearchIndex: false, CancellationToken.None);
            if (all.Count == 0) await MeasureCopyAsync(hub);
            all.Add(await MeasureAsync(server, hub, daemons, seconds));
        }

        if (all.Count != 3) return;
        // A part of the cost does not depend on the number of daemons, such as an open page.
        var (first, next) = (More(all[0], all[1]), More(all[1], all[2]));
        Print($"PostgreSQL CPU of one more daemon, ms a second: {first:F2} from {all[0].Daemons} to {all[1].Daemons}, {next:F2} from {all[1].Daemons} to {all[2].Daemons} (× {next / first:F2})");

        static double More(Figures few, Figures many) => (many.Cpu - few.Cpu) / (many.Daemons - few.Daemons);
    }

    // The limit: one stream, one transaction, nothing else.
    private static async Task MeasureCopyAsync(HubDatabase hub)
    {
        const int Lines = 500_000;
        var lines = Enumerable.Range(1, Lines).Select(i => new Line { Id = i, ProcessId = 1, RunId = 1, Time = 86_400_000L * 20_000 + i, Stream = LineSource.Terminal, Text = $"GET /orders/{i:000000000} 200 {new string('.', 63)}" }).ToList();
        await using var connection = await hub.OpenAsync(CancellationToken.None);
        await using (var unlimited = new NpgsqlCommand("SET statement_timeout = 0", connection)) await unlimited.ExecuteNonQueryAsync();
        var copy = new LineCopy(0, new ShippedText(null));
        await copy.PrepareDaysAsync(connection, lines[..1], CancellationToken.None);
        var clock = Stopwatch.StartNew();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await copy.AddAsync(connection, lines, CancellationToken.None);
            await transaction.CommitAsync();
        }

        Print($"one COPY stream alone: {Lines / clock.Elapsed.TotalSeconds:N0} lines/s");
        await using var delete = new NpgsqlCommand("DELETE FROM overmind.lines", connection);
        await delete.ExecuteNonQueryAsync();
    }

    private static async Task<Figures> MeasureAsync(PostgresServer server, HubDatabase hub, int daemons, int seconds)
    {
        using var stop = new CancellationTokenSource();
        var simulated = Enumerable.Range(1, daemons - 1).Select(i => new SimulatedDaemon(hub, i, LinesPerSecond)).ToList();
        var running = simulated.Select(daemon => Task.Run(() => daemon.RunAsync(stop.Token))).ToList();
        var folder = Product.NewFolder($"web: exec {Product.Dummy} paced {LinesPerSecond} {LinesPerSecond * (seconds + 120)}");
        Environment.SetEnvironmentVariable(HubOptions.Variable, server.Connection);
        await using var product = await Product.StartDaemonAsync(folder);
        await using var dashboard = new Dashboard(Product.Start(null, "web", folder.Root, "--hub", server.Connection, "--no-ui"));
        var address = await dashboard.AddressAsync();
        Environment.SetEnvironmentVariable(HubOptions.Variable, null);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.LaunchAsync(playwright);
        var page = await browser.NewPageAsync();
        await page.GotoAsync($"{address}?host={Uri.EscapeDataString(Environment.MachineName)}");
        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('.line')].some(line => line.textContent.includes('sent '))", null, new() { Timeout = 120_000 });
        await page.EvaluateAsync(Observe);
        await Task.Delay(WarmUp);

        var arrivals = new List<double>();
        var watching = WatchAsync(hub, arrivals, stop.Token);
        foreach (var daemon in simulated) daemon.TakeLatencies();
        await page.EvaluateAsync("() => window.latencies.length = 0");
        var (cpu, own, web) = (server.Cpu(), Process.GetCurrentProcess().TotalProcessorTime, dashboard.Cpu());
        var (rows, bytes, log) = (await RowsAsync(server), await BytesAsync(server), await LogAsync(server));
        var clock = Stopwatch.StartNew();
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        var elapsed = clock.Elapsed.TotalSeconds;
        cpu = server.Cpu() - cpu;
        (own, web) = (Process.GetCurrentProcess().TotalProcessorTime - own, dashboard.Cpu() - web);
        var commits = simulated.SelectMany(daemon => daemon.TakeLatencies()).ToList();
        var painted = await page.EvaluateAsync<double[]>("() => window.latencies");
        (rows, bytes, log) = (await RowsAsync(server) - rows, await BytesAsync(server) - bytes, await LogAsync(server) - log);
        var memory = Product.Megabytes(dashboard.Pid);

        await stop.CancelAsync();
        foreach (var task in running.Append(watching)) await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (running.Concat([watching]).FirstOrDefault(task => task.IsFaulted) is { } failed) await failed;

        var figures = new Figures(daemons, rows / elapsed, cpu.TotalMilliseconds / elapsed, cpu.TotalMilliseconds / rows * 1_000);
        Print($"hub with {daemons} daemon(s) at {LinesPerSecond} lines/s each, {elapsed:F0} s");
        Print($"  rows/s                      {figures.Rows:N0} of {daemons * LinesPerSecond:N0}");
        Print($"  child's write → hub row, ms {Shares(arrivals)}");
        if (commits.Count > 0) Print($"  the same of the simulated   {Shares(commits)}");
        Print($"  child's write → painted, ms {Shares(painted)}");
        Print($"  PostgreSQL CPU              {cpu.TotalSeconds / elapsed:P1} of a core, {figures.Cpu / daemons:F2} ms a second and daemon, {figures.CpuPerThousand:F1} ms per 1,000 lines");
        Print($"  bytes per line              {bytes / rows:F0} on disk (with indexes), {log / rows:F0} of write-ahead log");
        Print($"  dashboard                   {memory:F0} MB (PSS) with {(daemons - 1) * SimulatedDaemon.Processes + 1} processes, {web.TotalSeconds / elapsed:P1} of a core");
        Print($"  load generator              {own.TotalSeconds / elapsed:P1} of a core");
        return figures;
    }

    // Reads the real daemon's rows as they become visible: at its notifications alone, because asking more often would be measured too.
    private static async Task WatchAsync(HubDatabase hub, List<double> arrivals, CancellationToken cancellationToken)
    {
        await using var connection = await hub.OpenAsync(cancellationToken);
        await using var ask = new NpgsqlCommand("SELECT id FROM overmind.projects WHERE host = $1", connection) { Parameters = { new() { Value = Environment.MachineName } } };
        var project = (int)(await ask.ExecuteScalarAsync(cancellationToken))!;
        var isDue = false;
        connection.Notification += (_, notification) => isDue |= notification.Payload == project.ToString(CultureInfo.InvariantCulture);
        await using (var listen = new NpgsqlCommand($"LISTEN {HubChannels.Changes}", connection)) await listen.ExecuteNonQueryAsync(cancellationToken);
        await using var read = new NpgsqlCommand(
            "SELECT id, text FROM overmind.lines WHERE project_id = $1 AND id > $2 AND text LIKE 'sent %' ORDER BY id", connection)
        { Parameters = { new() { Value = project }, new() { Value = long.MaxValue } } };
        await using var newest = new NpgsqlCommand("SELECT line_id FROM overmind.cursors WHERE project_id = $1", connection) { Parameters = { new() { Value = project } } };
        read.Parameters[1].Value = (long)(await newest.ExecuteScalarAsync(cancellationToken))!;
        while (!cancellationToken.IsCancellationRequested)
        {
            while (!isDue) await connection.WaitAsync(cancellationToken);
            isDue = false;
            await using var rows = await read.ExecuteReaderAsync(cancellationToken);
            var now = (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds;
            while (await rows.ReadAsync(cancellationToken))
            {
                read.Parameters[1].Value = rows.GetInt64(0);
                arrivals.Add(now - double.Parse(rows.GetString(1)["sent ".Length..].Split(' ')[0], CultureInfo.InvariantCulture));
            }
        }
    }

    private static Task<long> RowsAsync(PostgresServer server) => server.AskAsync<long>("SELECT sum(line_id)::bigint FROM overmind.cursors");

    private static async Task<double> BytesAsync(PostgresServer server) => await server.AskAsync<long>(
        "SELECT (sum(pg_total_relation_size(inhrelid)) + pg_total_relation_size('overmind.line_counts'))::bigint FROM pg_inherits WHERE inhparent = 'overmind.lines'::regclass");

    private static async Task<double> LogAsync(PostgresServer server) => (double)await server.AskAsync<decimal>("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn");

    private static string Shares(IReadOnlyCollection<double> values)
    {
        if (values.Count == 0) return "none";
        var sorted = values.Order().ToArray();
        string At(double share) => sorted[(int)((sorted.Length - 1) * share)].ToString("F0", CultureInfo.InvariantCulture);
        return $"p50 {At(.5)}  p99 {At(.99)}  max {At(1)}  ({sorted.Length:N0} lines)";
    }

    private sealed class Dashboard(Process process) : IAsyncDisposable
    {
        public int Pid => process.Id;

        public async Task<string> AddressAsync()
        {
            var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync());
            return line[line.IndexOf("http", StringComparison.Ordinal)..].Trim();
        }

        public TimeSpan Cpu()
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }

        public async ValueTask DisposeAsync()
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    private static void Print(FormattableString text) => Console.WriteLine(FormattableString.Invariant(text));
}
