using System.CommandLine;
using System.Globalization;
using OvermindGui.Agents;
using OvermindGui.Core.Application;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Terminal;
using OvermindGui.Options;

namespace OvermindGui.Commands;

/// <summary><c>runs compare</c>: two runs of a process side by side by the time since their starts.</summary>
internal static class RunsCompareCommand
{
    private const int Context = 3; // equal lines around a difference

    public static Command Create()
    {
        var command = new Command("compare", "Compare two runs of a process: which lines only one of them printed, by the time since the start");
        var arguments = new SessionArguments();
        var process = new Argument<string>("process") { Description = "The process", CompletionSources = { ProcessWords.Names } };
        var run = new Argument<string?>("run") { Description = "The id of a run, #N for its number, current or previous (default: the one before the other)", Arity = ArgumentArity.ZeroOrOne };
        var with = new Argument<string?>("with") { Description = "The run to compare it with (default: the newest)", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all") { Description = $"Also all lines that both printed; else {Context} around each difference" };
        var limit = new Option<int>("--lines", "-n")
        {
            Description = $"The first so many lines of each run (default and most: {CompareRequest.MostLimit})",
            HelpName = "n",
            DefaultValueFactory = _ => CompareRequest.MostLimit,
        };
        limit.Validators.Add(result =>
        {
            if (result.Valid<int?>() is < 1 or > CompareRequest.MostLimit) result.AddError($"--lines: expected a number from 1 to {CompareRequest.MostLimit}");
        });
        foreach (var argument in new Argument[] { process, run, with }) command.Add(argument);
        foreach (var option in new Option[] { all, limit }) command.Add(option);
        arguments.AddTo(command);
        arguments.SetAction(command, (words, session) =>
        {
            var report = new CompareQuery(session).Read(new CompareRequest(words.GetValue(process)!, words.GetValue(run), words.GetValue(with), words.GetValue(limit)));
            if (arguments.IsJson(words)) Console.WriteLine(ApplicationJson.Write(report));
            else Print(report, words.GetValue(all));
            return Task.FromResult(0);
        });
        return command;
    }

    private static void Print(ComparisonReport report, bool all)
    {
        Console.WriteLine($"- {Describe(report.Left)}");
        Console.WriteLine($"+ {Describe(report.Right)}");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Quantity.Lines(report.Equal)} in both, {report.OnlyLeft:N0} only in run #{report.Left.Number} (-), {report.OnlyRight:N0} only in run #{report.Right.Number} (+)"));
        var shown = Shown(report.Rows, all);
        var skipped = false;
        for (var i = 0; i < report.Rows.Count; i++)
        {
            if (!shown[i])
            {
                skipped = true;
                continue;
            }

            if (skipped) Console.WriteLine("…");
            skipped = false;
            Print(report.Rows[i]);
        }

        if (skipped && report.OnlyLeft + report.OnlyRight > 0) Console.WriteLine("…");
    }

    private static bool[] Shown(IReadOnlyList<ComparedRow> rows, bool all)
    {
        var shown = new bool[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            if (!all && rows[i].Kind == "equal") continue;
            for (var near = Math.Max(0, i - Context); near <= Math.Min(rows.Count - 1, i + Context); near++) shown[near] = true;
        }

        return shown;
    }

    private static void Print(ComparedRow row)
    {
        var sign = row.Kind switch { "left" => '-', "right" => '+', _ => ' ' };
        Console.WriteLine($"{sign} {After(row.Left),9} {After(row.Right),9}  {VisibleText.Of((row.Right ?? row.Left)!.Text)}".TrimEnd());
    }

    private static string After(ComparedLine? line) => line is null ? "" : line.After.ToString("+0.000;-0.000", CultureInfo.InvariantCulture);

    private static string Describe(ComparedRun run)
    {
        var lasted = run.EndedAt is { } ended ? $"lasted {UptimeFormatter.Of(ended - run.StartedAt)}" : "running";
        var exit = run.ExitCode is { } code ? $", {(new ExitStatus(code) is { Signal: null } ? "exit " : "")}{new ExitStatus(code).ToShortText()}" : "";
        var cut = run.Cut ? ", only the first are compared" : "";
        return string.Create(CultureInfo.InvariantCulture, $"run #{run.Number} (id {run.Id}), {run.StartedAt.ToLocalTime():yyyy-MM-dd HH:mm:ss}, {lasted}{exit}, {Quantity.Lines(run.Lines)}{cut}");
    }
}
