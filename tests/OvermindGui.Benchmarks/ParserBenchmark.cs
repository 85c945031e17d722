using System.Diagnostics;
using System.Globalization;
using System.Text;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Benchmarks;

/// <summary>The terminal model alone: bytes to styled lines. All builds take turns, and the last one's share of the first is printed.</summary>
internal static class ParserBenchmark
{
    private const int OutputSize = 4_000_000;
    private const int Rounds = 60;

    private static readonly string[] Words = ["request", "stored", "order", "user", "timeout", "cache", "miss", "in", "12 ms"];

    public static void Run()
    {
        TerminalModel[] models = [.. Product.Others.Select(executable => TerminalModel.Of(Path.GetDirectoryName(executable)!)), TerminalModel.Of(AppContext.BaseDirectory)];
        Compare(models, "plain lines of 100 bytes", i => $"{i:D8} GET /orders/{i} 200".PadRight(99, '.') + "\n");
        Compare(models, "plain lines of 1000 bytes", i => $"{i:D8} GET /orders/{i} 200".PadRight(999, '.') + "\n");
        Compare(models, "coloured lines of 100 bytes", i => $"\e[32m{i:D8}\e[0m \e[1mGET\e[0m /orders/{i} \e[33m200\e[0m".PadRight(99, '.') + "\n");
        Compare(models, "coloured lines of 1000 bytes", i => $"\e[32m{i:D8}\e[0m \e[1mGET\e[0m /orders/{i} \e[33m200\e[0m".PadRight(999, '.') + "\n");
        Compare(models, "a colour for each word", i => string.Concat(Enumerable.Range(0, 12).Select(word => $"\e[{31 + (i + word) % 7}m{Words[(i + word) % Words.Length]}\e[0m ")) + "\n");
        Compare(models, "lines in Chinese", i => $"{i:D8} 请求已处理，订单已保存到数据库，用时三毫秒\n");
        Compare(models, "a bar redrawn in place", i => $"\r\e[2K[{new string('#', i % 40),-40}] {i % 40}/40");
        Styles();
    }

    private static void Compare(TerminalModel[] models, string what, Func<int, string> line)
    {
        var output = Output(line);
        var times = models.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < Rounds; round++)
            for (var model = 0; model < models.Length; model++)
                times[model].Add(Time(() => models[model].Run(output)));
        var figures = times.Select(rounds => string.Create(CultureInfo.InvariantCulture, $"{output.Length / 1e6 / rounds.Min():F0} MB/s"));
        var shares = times[1..].Select(rounds => string.Create(CultureInfo.InvariantCulture, $", {times[0].Min() / rounds.Min():P0} of the first"));
        Console.WriteLine($"{what}: {string.Join(", ", figures)}{string.Concat(shares)}");
    }

    private static void Styles()
    {
        var output = Output(i => $"\e[32m{i:D8}\e[0m \e[1mGET\e[0m /orders/{i} \e[33m200\e[0m".PadRight(99, '.') + "\n");
        var encoder = new StyleRunEncoder();
        var (encoding, lines) = (new List<double>(), 0);
        for (var round = 0; round < Rounds; round++)
        {
            lines = 0;
            var encoded = 0L;
            var assembler = new LineAssembler(TerminalSize.Default, (long _, in StyledLine line) =>
            {
                var started = Stopwatch.GetTimestamp();
                lines += encoder.Encode(line).Length > 0 ? 1 : 0;
                encoded += Stopwatch.GetTimestamp() - started;
            });
            assembler.Feed(output);
            assembler.Complete();
            encoding.Add(TimeSpan.FromTicks(encoded * TimeSpan.TicksPerSecond / Stopwatch.Frequency).TotalMicroseconds);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the stored form of a coloured line's styles: {encoding.Min() / lines:F2} µs"));
    }

    private static byte[] Output(Func<int, string> line)
    {
        var text = new StringBuilder(OutputSize + 2000);
        for (var i = 0; text.Length < OutputSize; i++) text.Append(line(i));
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    // Time on the processor: what else runs on the machine does not count.
    private static double Time(Action action)
    {
        var started = Environment.CpuUsage.TotalTime;
        action();
        return (Environment.CpuUsage.TotalTime - started).TotalSeconds;
    }
}
