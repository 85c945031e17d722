using System.Diagnostics;
using System.Globalization;
using System.Text;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Benchmarks;

/// <summary>The terminal model alone: bytes to styled lines, and to what is stored of their styles.</summary>
internal static class ParserBenchmark
{
    private const int Lines = 200_000;
    private const int Rounds = 6;
    private const int ChunkSize = 64 * 1024;

    public static void Run()
    {
        Measure("coloured lines of 100 bytes", i => $"\e[32m{i:D8}\e[0m \e[1mGET\e[0m /orders/{i} \e[33m200\e[0m".PadRight(99, '.'));
        Measure("plain lines of 100 bytes", i => $"{i:D8} GET /orders/{i} 200".PadRight(99, '.'));
        Measure("lines in Chinese", i => $"{i:D8} 请求已处理，订单已保存到数据库，用时三毫秒");
        Measure("a bar redrawn in place", i => $"\r\e[2K[{new string('#', i % 40),-40}] {i % 40}/40", lineEnd: "");
    }

    private static void Measure(string what, Func<int, string> line, string lineEnd = "\n")
    {
        var output = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, Lines).Select(i => line(i) + lineEnd)));
        var encoder = new StyleRunEncoder();
        var styleBytes = 0L;
        var (parsing, storing) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            parsing.Add(Time(output, (long _, in StyledLine _) => { }));
            storing.Add(Time(output, (long _, in StyledLine styled) => styleBytes += encoder.Encode(styled).Length));
        }

        var megabytes = output.Length / 1e6;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {megabytes / parsing.Min():F0} MB/s, {parsing.Min() * 1e6 / Lines:F2} µs a line; with the stored form of its styles {storing.Min() * 1e6 / Lines:F2} µs"));
    }

    private static double Time(byte[] output, LineReceiver receiver)
    {
        var started = Stopwatch.GetTimestamp();
        var assembler = new LineAssembler(TerminalSize.Default, receiver);
        for (var start = 0; start < output.Length; start += ChunkSize)
            assembler.Feed(output.AsSpan(start, Math.Min(ChunkSize, output.Length - start)));
        assembler.Complete();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
