using System.Diagnostics;
using System.Globalization;
using System.Text;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Failures;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Capture;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Benchmarks;

/// <summary>What looking for failures costs a line that has none, in batches as a flood brings them.</summary>
internal static class FailureBenchmark
{
    private const int Batches = 300;
    private const int LinesEach = 650; // 64 KiB
    private const int Rounds = 15;

    private static readonly FailureDeclaration[] Texts =
        [new("Error: EADDRINUSE"), new("panic:"), new("Fatal error"), new("Connection refused"), new("Database timeout")];

    public static void Run()
    {
        Measure("no declarations");
        Measure("1 text", Texts[..1]);
        Measure("5 texts", Texts);
        Measure("5 texts, one of which is in every line but one letter", [.. Texts, new("GET /orders/x")]);
        Measure("5 texts and an expression", [.. Texts, new(@"^\d+ .*(5\d\d|failed)$", IsRegex: true)]);
        Measure("5 texts and an expression that backtracks", [.. Texts, new("(?<!0 )errors", IsRegex: true)]);
    }

    private static void Measure(string what, params FailureDeclaration[] declarations)
    {
        var inForce = new ActiveDeclarations(FailureAction.Notify);
        if (declarations.Length > 0) inForce.Matcher = new FailureMatcher(declarations, TimeProvider.System, d => throw new InvalidOperationException(d.Pattern));
        var watch = new StreamFailureDetector(new RunFailureDetector(new RunIdentity(1, 1), inForce, TimeProvider.System, hit => throw new InvalidOperationException(hit.Text)));
        var (lines, amended) = (Lines(), new List<AmendedLine>());
        var times = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            for (var batch = 0; batch < Batches; batch++) watch.Look(batch * LinesEach, lines, amended, unfinished: long.MaxValue);
            times.Add(Stopwatch.GetElapsedTime(started).TotalNanoseconds / (Batches * LinesEach));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"looking for failures, {what}: {times.Min():F1} ns a line"));
    }

    private static List<StyledLine> Lines()
    {
        var lines = new List<StyledLine>();
        var assembler = new LineAssembler(TerminalSize.Default, (long _, in StyledLine line) => lines.Add(line));
        for (var i = 0; i < LinesEach; i++)
            assembler.Feed(Encoding.UTF8.GetBytes($"\e[32m{i:D8}\e[0m \e[1mGET\e[0m /orders/{i} \e[33m200\e[0m".PadRight(99, '.') + "\n"));
        return lines;
    }
}
