using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Errors;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Benchmarks;

/// <summary>What grouping errors costs: the fingerprint of a line, the insert of lines with and without one, and reading the groups.</summary>
internal static class ErrorBenchmark
{
    private const int Lines = 1_000_000;
    private const int Each = 4_000;

    public static void Run()
    {
        const string Text = "2026-01-31T12:00:00.123Z ERROR [worker-7] c.e.App : request 1b4e28ba-2fa1-11d2-883f-0016d3cca427 to /orders/81 failed after 312 ms";
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Lines; i++) ErrorFingerprint.Of(Text);
        Print($"fingerprint of {Text.Length} characters", Stopwatch.GetElapsedTime(started).TotalMicroseconds / Lines);
        Store("info: all is well, order 12345 took 12 ms", LineLevel.Info);
        Store(Text, LineLevel.Error);
    }

    private static void Store(string text, LineLevel level)
    {
        var folder = Product.NewFolder("p: true");
        var (database, _) = new DatabaseOpener(folder, TimeProvider.System).Open();
        using (var connection = database.OpenConnection()) connection.Execute(null, "INSERT INTO processes(id, name, line_count) VALUES (1, 'web', 0); INSERT INTO daemons(pid, mode, version, working_directory, started_at) VALUES (1, 'native', '1', '/', 1)");
        using (var session = new WriterConnection(database, TimeProvider.System))
        {
            StyledLine[] lines = [.. Enumerable.Repeat(StyledLine.Plain(text), Each)];
            LineTraits[] traits = [.. Enumerable.Repeat(new LineTraits(level, Continues: false), Each)];
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < Lines; i += Each)
            {
                session.Store([new LineBatch(1, 1, LineSource.Terminal, 1_700_000_000_000 + i, lines) { Traits = traits }]);
                session.TryCheckpoint();
            }

            Print($"storing a line of level {level.ToText()}", Stopwatch.GetElapsedTime(started).TotalMicroseconds / Lines);
        }

        var read = Stopwatch.GetTimestamp();
        var page = new ErrorHistory(database).Read(new ErrorFilter(ProcessFilter.Everything), DateTimeOffset.FromUnixTimeMilliseconds(1_700_001_000_000));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"groups of {page.Groups.Sum(g => g.Count):N0} errors: {Stopwatch.GetElapsedTime(read).TotalMilliseconds:F0} ms; file {new FileInfo(folder.Database).Length / (double)Lines:F1} bytes a line"));
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder.Root, recursive: true);
    }

    private static void Print(string what, double microseconds) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"errors, {what}: {microseconds:F3} µs a line"));
}
