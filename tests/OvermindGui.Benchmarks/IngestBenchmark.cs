using OvermindGui.Core.Data;
using OvermindGui.Core.Processes;

namespace OvermindGui.Benchmarks;

/// <summary>From a child's write to the committed row: coloured lines of 100 bytes, printed as fast as the pipe takes them, then exit.</summary>
internal static class IngestBenchmark
{
    private const int Rounds = 6;

    public static async Task RunAsync(int processes, int linesEach)
    {
        var total = processes * linesEach;
        var folder = Product.NewFolder([.. Enumerable.Range(1, processes).Select(i => $"p{i}: [ -e go ] && exec {Product.Dummy} lines {linesEach} color")]);
        await using var product = await Product.StartDaemonAsync(folder);
        await File.WriteAllTextAsync(Path.Combine(folder.Root, "go"), "");
        var client = new CommandClient(OvermindDatabase.In(folder), TimeProvider.System);

        var rates = new List<double>();
        var cpus = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var (lastBefore, cpuBefore) = (LastId(product), product.Cpu());
            await client.SendAsync(CommandKind.Start, null, TimeSpan.FromSeconds(60), CancellationToken.None);
            // Counting rows would take the core away from the daemon. Every process has its notice of the start as well.
            while (LastId(product) < lastBefore + total + processes) await Task.Delay(2);
            var ended = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            var seconds = (ended - FirstTime(product, lastBefore)) / 1000.0;
            while (!new SystemReader(OvermindDatabase.In(folder)).Read().Processes.All(p => p.State == ProcessState.Dead)) await Task.Delay(20);
            var printed = Printed(product, lastBefore);
            if (printed != total) throw new InvalidOperationException($"{printed} lines are stored, {total} were printed");
            rates.Add(total / seconds);
            cpus.Add((product.Cpu() - cpuBefore).TotalMicroseconds / total);
        }

        Console.WriteLine($"burst of {total:N0} lines, {processes} process(es), {Rounds} rounds, the first one cold, 0 lost");
        Console.WriteLine($"  lines/s committed      first {rates[0]:F0}  then {Product.Figures(rates.Skip(1), "F0")}");
        Console.WriteLine($"  daemon CPU µs a line   first {cpus[0]:F2}  then {Product.Figures(cpus.Skip(1), "F2")}");
    }

    private static long LastId(Product product) => Scalar(product, "SELECT coalesce(max(id), $1) FROM lines", 0);

    // Notices are the daemon's own.
    private static long Printed(Product product, long after) => Scalar(product, "SELECT count(*) FROM lines WHERE id > $1 AND stream <> 3", after);

    private static long FirstTime(Product product, long after) => Scalar(product, "SELECT min(time) FROM lines WHERE id > $1 AND stream <> 3", after);

    private static long Scalar(Product product, string sql, long after)
    {
        using var connection = OvermindDatabase.In(product.Folder).OpenConnection();
        return (long)connection.Scalar(sql, after)!;
    }
}
