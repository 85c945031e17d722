using System.Diagnostics;
using OvermindGui.Core.Resources;

namespace OvermindGui.Benchmarks;

/// <summary>What measuring forty processes costs, of which every other one is a shell with a child.</summary>
internal static class ResourceBenchmark
{
    private const int Processes = 40;
    private const int WarmUp = 40;
    private const int Passes = 12; // a minute's worth
    private const double Interval = 5;

    public static void Run()
    {
        var started = Enumerable.Range(0, Processes)
            .Select(i => Process.Start("setsid", ["sh", "-c", i % 2 == 0 ? "exec sleep 600" : "sleep 600 & wait"])).ToList();
        try
        {
            Thread.Sleep(500);
            var reader = new ProcessTreeReader(TimeProvider.System);
            RunLeader[] leaders = [.. started.Select(p => new RunLeader(p.Id, null))];
            for (var i = 0; i < WarmUp; i++) reader.Read(leaders); // a daemon runs for hours: its code is compiled
            using var self = Process.GetCurrentProcess();
            self.Refresh();
            var before = self.TotalProcessorTime;
            for (var i = 0; i < Passes; i++) reader.Read(leaders);
            self.Refresh();
            var pass = (self.TotalProcessorTime - before) / Passes;
            var all = Directory.EnumerateDirectories("/proc").Count(d => int.TryParse(Path.GetFileName(d), out _));
            Console.WriteLine(
                $"measuring {Processes} processes of {all}: {pass.TotalMilliseconds:F1} ms CPU a pass, {pass.TotalSeconds / Interval:P2} of a core every {Interval:F0} s");
        }
        finally
        {
            foreach (var process in started)
            {
                process.Kill(entireProcessTree: true);
                process.Dispose();
            }
        }
    }
}
