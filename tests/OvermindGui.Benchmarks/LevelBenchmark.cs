using System.Diagnostics;
using System.Globalization;
using OvermindGui.Core.Levels;

namespace OvermindGui.Benchmarks;

/// <summary>What the recognition of level and continuation adds to the ingest of a line.</summary>
internal static class LevelBenchmark
{
    private const int Lines = 1_000_000;
    private const int Rounds = 5;

    public static void Run()
    {
        Measure("plain lines", "GET /orders/81 200 in 12 ms, 4,112 bytes to 10.0.0.14 (keep-alive, 3 of 100)".PadRight(100, '.'));
        Measure("lines with a level", "2026-01-31 12:00:00.123  INFO 1234 --- [main] c.e.App : handled the request for /orders/81".PadRight(100, '.'));
        Measure("logfmt", "time=2026-01-31T12:00:00Z caller=main.go:12 level=info msg=\"handled\" path=/orders/81".PadRight(100, '.'));
        Measure("JSON", """{"time":"2026-01-31T12:00:00Z","pid":12,"hostname":"box","level":30,"msg":"handled","path":"/orders/81"}""");
        Measure("Node's stack traces", "Error: x", "    at Object.<anonymous> (/app/a.js:1:7)", "    at Module._compile (node:internal:1:2)");
    }

    private static void Measure(string what, params string[] lines)
    {
        var best = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var recognizer = new LineRecognizer(100);
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < Lines; i++) recognizer.Recognize(i, lines[i % lines.Length]);
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMicroseconds / Lines);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"level and continuation, {what}: {best:F3} µs a line"));
    }
}
