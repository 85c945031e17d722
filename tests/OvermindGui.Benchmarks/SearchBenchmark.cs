using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Benchmarks;

/// <summary>A whole search over the stored lines, beside ripgrep on one core over the same lines in a flat file, where it is installed.</summary>
internal static class SearchBenchmark
{
    private const int Many = 5_000_000;
    private const long FirstTime = 1_700_000_000_000;

    private static readonly (string What, TextMatch Text, string[] Ripgrep)[] Searches =
    [
        ("absent text", new("nowhere to be found"), ["-iF", "nowhere to be found"]),
        ("rare text", new("order 777777"), ["-iF", "order 777777"]),
        ("rare text, case matters", new("order 777777") { MatchCase = true }, ["-F", "order 777777"]),
        ("regex with a required text", Regex(@"order 77777\d took"), [@"order 77777\d took"]),
        ("regex without one", Regex("[A-Z]{9}"), ["[A-Z]{9}"]),
    ];

    public static void Run(int lines)
    {
        var folder = Product.NewFolder("p: true");
        var flat = Path.Combine(folder.Root, "lines.txt");
        var (database, _) = new DatabaseOpener(folder, TimeProvider.System).Open();
        Fill(database, lines, FirstTime);
        WriteFlat(database, flat);
        if (lines < Many) Measure(database, flat, lines, "rows alone");
        MakeFilters(database, lines);
        Measure(database, flat, lines, "with filters");
        MeasureFirst(database, lines);
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder.Root, recursive: true);
    }

    /// <summary>What a page waits for: the first hits of a common word, the newest lines, and a page from the middle of the history.</summary>
    private static void MeasureFirst(OvermindDatabase database, int lines)
    {
        var search = new TextSearch(database);
        (string What, Action Read)[] reads =
        [
            ("first 50 hits of a common text", () => search.Before(long.MaxValue, LineFilter.Everything.With("region eu"), 50)),
            ("first 50 hits of a common regex", () => search.Before(long.MaxValue, LineFilter.Everything.With(Regex(@"took \d+ ms")), 50)),
            ("newest 500 lines", () => search.Before(long.MaxValue, LineFilter.Everything, 500)),
            ("500 lines from the middle", () => search.Before(lines / 2, LineFilter.Everything, 500)),
        ];
        foreach (var (what, read) in reads)
        {
            var (times, cpu) = (new List<double>(), new List<double>());
            for (var round = 0; round < 10; round++)
            {
                var (started, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
                read();
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                cpu.Add((Environment.CpuUsage.TotalTime - used).TotalMilliseconds);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"search {lines:N0} lines, {what}: best {times.Min():F1} ms, {Product.Figures(times, "F1")} ms, CPU {cpu.Min():F1} ms"));
        }
    }

    private static void Measure(OvermindDatabase database, string flat, int lines, string how)
    {
        foreach (var (what, text, ripgrep) in Searches)
        {
            var filter = LineFilter.Everything.With(text);
            var (ours, theirs, hits, cpu, theirCpu) = (new List<double>(), new List<double>(), 0, new List<double>(), new List<double>());
            for (var round = 0; round < (lines < Many ? 5 : 3); round++)
            {
                var (started, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
                hits = Count(new TextSearch(database), filter);
                ours.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                cpu.Add((Environment.CpuUsage.TotalTime - used).TotalMilliseconds);
                if (TimeOfRipgrep(ripgrep, flat) is not { } time) continue;
                theirs.Add(time.Wall);
                theirCpu.Add(time.Cpu);
            }

            var ratio = theirs.Count > 0 ? $"; rg -j1 {Product.Figures(theirs, "F0")} ms; {ours.Order().ElementAt(ours.Count / 2) / theirs.Order().ElementAt(ours.Count / 2):F1} ×; CPU {cpu.Min():F0} and {theirCpu.Min():F0} ms, {cpu.Min() / theirCpu.Min():F1} ×" : "";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"search {lines:N0} lines, {how}, {what}: {hits} hits, best {ours.Min():F0} ms, {Product.Figures(ours, "F0")} ms{ratio}"));
        }
    }

    // As the daemon does, without its pauses.
    private static void MakeFilters(OvermindDatabase database, int lines)
    {
        using var connection = database.OpenConnection();
        using var joined = new JoinedLines(connection);
        var (started, bytes) = (Stopwatch.GetTimestamp(), 0L);
        using var transaction = connection.BeginTransaction();
        for (var block = 0; block <= TrigramFilter.BlockOf(lines - 4_096) - 1; block++)
        {
            var (after, before) = TrigramFilter.RangeOf(block);
            var filter = joined.Read(after, before, (texts, _) => TrigramFilter.Build(texts));
            connection.Execute(transaction, "INSERT INTO search_filters(id, filter) VALUES ($1, $2)", block, filter);
            bytes += filter.Length;
        }

        transaction.Commit();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"filters: {Stopwatch.GetElapsedTime(started).TotalMicroseconds / lines:F2} µs and {bytes / (double)lines:F2} bytes a line"));
    }

    private static TextMatch Regex(string expression) => new(expression) { IsRegex = true, MatchCase = true };

    private static int Count(TextSearch search, LineFilter filter)
    {
        var (count, before) = (0, long.MaxValue);
        while (true)
        {
            var page = search.IdsBefore(before, filter, 10_000);
            count += page.Found.Count;
            if (page.IsEnd) return count;
            before = page.Reached;
        }
    }

    /// <summary>Stores lines of one process, one each millisecond.</summary>
    public static void Fill(OvermindDatabase database, int lines, long firstTime)
    {
        using var connection = database.OpenConnection();
        connection.Execute(null, "INSERT INTO processes(id, name, line_count) VALUES (1, 'web', $1)", lines);
        connection.Execute(null,
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
            INSERT INTO lines(process_id, time, stream, text, level, continues)
            SELECT 1, $2 + i, 2, printf('2026-01-31T10:00:00Z info  worker: order %d took %d ms, customer %d, region eu-west', i, i % 997, i % 7919), 0, 0 FROM n
            """,
            lines, firstTime);
    }

    private static void WriteFlat(OvermindDatabase database, string flat)
    {
        using var connection = database.OpenConnection();
        using var file = new StreamWriter(flat);
        foreach (var text in connection.Stream("SELECT text FROM lines ORDER BY id", row => row.GetString(0))) file.WriteLine(text);
    }

    private static (double Wall, double Cpu)? TimeOfRipgrep(string[] arguments, string file)
    {
        try
        {
            var started = Stopwatch.GetTimestamp();
            // Only a shell says what CPU time a program took that has ended.
            using var process = Process.Start(new ProcessStartInfo("bash", ["-c", "TIMEFORMAT='%3U %3S'; time rg -j1 -c --no-config \"$@\" > /dev/null", "rg", .. arguments, file])
            {
                RedirectStandardError = true,
            })!;
            var times = process.StandardError.ReadToEnd().Trim().Split(' ');
            process.WaitForExit();
            if (times.Length != 2) return null; // not installed
            return (Stopwatch.GetElapsedTime(started).TotalMilliseconds, times.Sum(t => double.Parse(t, CultureInfo.InvariantCulture)) * 1000);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // not installed
        }
    }
}
