using System.Diagnostics;
using System.Globalization;
using System.Text;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Benchmarks;

/// <summary>
/// The terminal model alone: bytes to styled lines. Each measurement is a process of its own, for a model that is loaded second into one
/// process runs up to 14 % slower than the same model loaded first. All builds take turns, and the last one's share of the first is printed.
/// </summary>
internal static class ParserBenchmark
{
    private const int OutputSize = 4_000_000;
    private const int Turns = 6;
    private const int Rounds = 60;

    // The runtime compiles the hot methods once more after a tenth of a second.
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(1.5);

    private static readonly string[] Words = ["request", "stored", "order", "user", "timeout", "cache", "miss", "in", "12 ms"];

    private static readonly (string What, Func<int, string> Line)[] Cases =
    [
        ("plain lines of 100 bytes", i => $"{i:D8} GET /orders/{i} 200".PadRight(99, '.') + "\n"),
        ("plain lines of 1000 bytes", i => $"{i:D8} GET /orders/{i} 200".PadRight(999, '.') + "\n"),
        ("coloured lines of 100 bytes", i => $"\e[32m{i:D8}\e[0m \e[1mGET\e[0m /orders/{i} \e[33m200\e[0m".PadRight(99, '.') + "\n"),
        ("coloured lines of 1000 bytes", i => $"\e[32m{i:D8}\e[0m \e[1mGET\e[0m /orders/{i} \e[33m200\e[0m".PadRight(999, '.') + "\n"),
        ("a colour for each word", i => string.Concat(Enumerable.Range(0, 12).Select(word => $"\e[{31 + (i + word) % 7}m{Words[(i + word) % Words.Length]}\e[0m ")) + "\n"),
        ("lines in Chinese", i => $"{i:D8} 请求已处理，订单已保存到数据库，用时三毫秒\n"),
        ("a bar redrawn in place", i => $"\r\e[2K[{new string('#', i % 40),-40}] {i % 40}/40"),
    ];

    public static void Run()
    {
        string[] folders = [.. Product.Others.Select(executable => Path.GetDirectoryName(executable)!), AppContext.BaseDirectory];
        for (var number = 0; number < Cases.Length; number++)
        {
            var best = new double[folders.Length];
            for (var turn = 0; turn < Turns; turn++)
                for (var folder = 0; folder < folders.Length; folder++)
                    best[folder] = Math.Max(best[folder], Measure(folders[folder], number));
            var figures = best.Select(speed => string.Create(CultureInfo.InvariantCulture, $"{speed:F0} MB/s"));
            var shares = best[1..].Select(speed => string.Create(CultureInfo.InvariantCulture, $", {speed / best[0]:P0} of the first"));
            Console.WriteLine($"{Cases[number].What}: {string.Join(", ", figures)}{string.Concat(shares)}");
        }

        Styles();
    }

    /// <summary>Prints the speed of one model, in MB/s: what a measuring process does.</summary>
    public static void RunOne(string folder, int number)
    {
        var model = TerminalModel.Of(folder);
        var output = Output(Cases[number].Line);
        var (fastest, started) = (double.MaxValue, Stopwatch.StartNew());
        while (started.Elapsed < Duration) fastest = Math.Min(fastest, Time(() => model.Run(output)));
        Console.WriteLine((output.Length / 1e6 / fastest).ToString(CultureInfo.InvariantCulture));
    }

    private static double Measure(string folder, int number)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        string[] arguments = ["parser", folder, number.ToString(CultureInfo.InvariantCulture)];
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(ParserBenchmark).Assembly.Location);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var speed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.Parse(speed, CultureInfo.InvariantCulture);
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
