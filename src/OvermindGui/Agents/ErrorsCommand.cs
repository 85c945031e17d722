using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using OvermindGui.Core.Application;
using OvermindGui.Core.Terminal;
using OvermindGui.Options;

namespace OvermindGui.Agents;

/// <summary><c>errors</c>: lists the errors that processes printed, grouped.</summary>
internal static class ErrorsCommand
{
    public static Command Create()
    {
        var command = new Command("errors", "List the errors that processes printed, equal ones as one, the most recent last; needs no daemon");
        var arguments = new SessionArguments();
        var names = new Argument<string[]>("name")
        {
            Description = "Processes to look at (default: all)",
            Arity = ArgumentArity.ZeroOrMore,
            CompletionSources = { ProcessWords.Names },
        };
        var since = new Option<string?>("--since") { Description = "Only what was printed since then: a span (10m, 2h30m, 1d), a time or a date", HelpName = "when" };
        var run = new Option<long?>("--run") { Description = "Only what one run of a process printed: its number, as --json and the API show it", HelpName = "id", CustomParser = r => Number(r, "--run", "expected the number of a run, from 1", long.MaxValue) };
        var isNew = new Option<bool>("--new") { Description = "Only errors that no earlier run of the process had" };
        var limit = new Option<int>("--limit", "-n")
        {
            Description = $"At most so many groups (default: {ErrorsRequest.DefaultLimit})",
            HelpName = "n",
            DefaultValueFactory = _ => ErrorsRequest.DefaultLimit,
            CustomParser = r => (int?)Number(r, "--limit", $"expected a number from 1 to {ErrorsRequest.MostLimit}", ErrorsRequest.MostLimit) ?? 0,
        };
        var cursor = new Option<string?>("--cursor") { Description = "Only what came after this cursor of an earlier answer", HelpName = "cursor" };
        command.Add(names);
        foreach (var option in new Option[] { since, run, isNew, cursor, limit }) command.Add(option);
        arguments.AddTo(command);
        arguments.SetAction(command, (words, session) =>
        {
            var report = new ErrorsQuery(session).Read(new ErrorsRequest(
                words.GetValue(names), words.GetValue(since), words.GetValue(run), words.GetValue(isNew), words.GetValue(limit), words.GetValue(cursor)));
            if (arguments.IsJson(words)) Console.WriteLine(ApplicationJson.Write(report));
            else Print(report, session.Time);
            return Task.FromResult(0);
        });
        return command;
    }

    private static long? Number(ArgumentResult result, string option, string expected, long most)
    {
        var text = result.Tokens[0].Value;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most) return number;
        result.AddError($"{option} {text}: {expected}");
        return null;
    }

    private static void Print(ErrorsReport report, TimeProvider time)
    {
        if (report.Errors.Count == 0)
        {
            Console.WriteLine("No errors");
            if (report.Note is { } note) Console.WriteLine(VisibleText.Of(note));
            return;
        }

        Console.WriteLine($"{"PROCESS",-15} {"COUNT",7}  {"FIRST",-14}  {"LAST",-14}  LAST {Span(report.ChartSpan!.Value * report.Errors[0].Chart!.Count)}");
        foreach (var error in report.Errors.Reverse())
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{VisibleText.Of(error.Process),-15} {error.Count,7:N0}  {At(error.First, time),-14}  {At(error.Last, time),-14}  {Bars.Of(error.Chart!)}{(error.New ? "  new" : "")}"));
            Console.WriteLine($"  {VisibleText.Of(error.Text.Trim())}");
        }

        if (report.Total > report.Errors.Count)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The {report.Errors.Count:N0} most recent of {report.Total:N0}; --limit shows more"));
    }

    private static string At(DateTimeOffset instant, TimeProvider time)
    {
        var local = TimeZoneInfo.ConvertTime(instant, time.LocalTimeZone);
        return local.ToString(local.Date == time.GetLocalNow().Date ? "HH:mm:ss" : "MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }

    private static string Span(double seconds) => seconds switch
    {
        < 90 => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(seconds):0} S"),
        < 5_400 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} MIN"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3_600:0} H"),
    };
}
