using System.Diagnostics;
using System.Globalization;
using System.Text;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Benchmarks;

/// <summary>The hot insert alone: styled lines in transactions of a thousand into a file as the daemon makes it.</summary>
internal static class StoreBenchmark
{
    private const int Transactions = 200;
    private const int LinesEach = 1_000;

    public static void Run()
    {
        Measure("1 process", 1);
        Measure("8 processes", 8);
    }

    private static void Measure(string what, int processes)
    {
        var folder = Product.NewFolder("p: true");
        var (database, _) = new DatabaseOpener(folder, TimeProvider.System).Open();
        var times = new List<double>();
        using (var connection = database.OpenConnection())
        using (var counter = new LineCounter(connection, TimeProvider.System))
        using (var insert = new LineInsert(connection, counter))
        using (var transaction = new WriteTransaction(connection))
        {
            if (Environment.GetEnvironmentVariable("PRAGMAS") is { } pragmas) connection.Execute(null, pragmas);
            var lines = ColouredLines();
            var ids = new LineIds();
            for (var round = 0; round < 5; round++)
            {
                var before = Process.GetCurrentProcess().TotalProcessorTime;
                for (var i = 0; i < Transactions; i++)
                {
                    var batch = new LineBatch(1 + i % processes, 1, LineSource.Terminal, 1_000_000_000_000, lines) { Live = new LiveLines(ids, i * LinesEach, []) };
                    transaction.Run(() =>
                    {
                        insert.Begin();
                        counter.Begin();
                        insert.Insert(batch);
                        insert.Flush();
                        insert.StoreCounts();
                        counter.Store(now: false);
                    });
                    counter.Commit();
                }

                times.Add((Process.GetCurrentProcess().TotalProcessorTime - before).TotalMicroseconds / (Transactions * LinesEach));
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"insert, {what}: {Product.Figures(times, "F2")} µs CPU a line"));
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder.Root, recursive: true);
    }

    private static StyledLine[] ColouredLines()
    {
        var lines = new List<StyledLine>();
        var assembler = new LineAssembler(TerminalSize.Default, (long _, in StyledLine line) => lines.Add(line));
        for (var i = 0; i < LinesEach; i++)
            assembler.Feed(Encoding.UTF8.GetBytes($"\e[32m{i:D8}\e[0m \e[1mGET\e[0m /orders/{i} \e[33m200\e[0m".PadRight(99, '.') + "\n"));
        return [.. lines];
    }
}
