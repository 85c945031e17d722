using System.CommandLine;
using System.Globalization;
using OvermindGui.Core.Application;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Terminal;
using OvermindGui.Options;

namespace OvermindGui.Agents;

/// <summary><c>search</c>: the newest lines with a text, and how many there are in each process.</summary>
internal static class SearchCommand
{
    public static Command Create()
    {
        var command = new Command("search", "Find the newest lines with a text, with the lines around them and counts per process; needs no daemon");
        var arguments = new SessionArguments();
        var query = new Argument<string>("text") { Description = "A text, in any case; with --regex a .NET regular expression" };
        var regex = new Option<bool>("--regex", "-e") { Description = "The text is a regular expression" };
        var process = new Option<string[]>("--process", "-p") { Description = "Only in this process (may be repeated)", HelpName = "name", CompletionSources = { ProcessWords.Names } };
        var since = new Option<string?>("--since") { Description = "Only what was printed since then: a span (10m, 2h30m, 1d), a time or a date", HelpName = "when" };
        var until = new Option<string?>("--until") { Description = "Only what was printed until then; as --since", HelpName = "when" };
        var exclude = new Option<string?>("--exclude", "-x") { Description = "Not the lines with this text", HelpName = "text" };
        var run = new Option<long?>("--run") { Description = "Only lines of one run of a process: its number, as --json and the API show it", HelpName = "id" };
        var limit = new Option<int>("--limit", "-n") { Description = "At most so many lines (default: 20)", HelpName = "n", DefaultValueFactory = _ => 20 };
        var context = new Option<int>("--context", "-C") { Description = "So many lines of the same process around each (default: 1)", HelpName = "n", DefaultValueFactory = _ => 1 };
        var count = new Option<bool>("--count-only", "-c") { Description = "Only the counts" };
        command.Add(query);
        foreach (var option in new Option[] { regex, process, since, until, exclude, run, limit, context, count }) command.Add(option);
        arguments.AddTo(command);
        arguments.SetAction(command, (words, session) =>
        {
            var (text, isRegex) = (words.GetRequiredValue(query), words.GetValue(regex));
            var report = new SearchQuery(session).Find(
                new SearchRequest(
                    isRegex ? null : text, isRegex ? text : null, words.GetValue(process), words.GetValue(since), words.GetValue(until), words.GetValue(exclude),
                    words.GetValue(limit), words.GetValue(count), words.GetValue(run), words.GetValue(context)),
                CancellationToken.None);
            if (arguments.IsJson(words)) Console.WriteLine(ApplicationJson.Write(report));
            else Print(report);
            return Task.FromResult(report.Total > 0 ? 0 : 1); // as grep
        });
        return command;
    }

    private static void Print(SearchReport report)
    {
        for (var i = 0; i < report.Lines.Count; i++)
        {
            if (i > 0 && report.Context is not null) Console.WriteLine("--");
            foreach (var line in report.Context?[i].Before ?? []) Print(line, '-');
            Print(report.Lines[i], ':');
            foreach (var line in report.Context?[i].After ?? []) Print(line, '-');
        }

        var found = string.Join(", ", report.Processes.OrderByDescending(p => p.Value).Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key} {p.Value:N0}")));
        Console.Error.WriteLine(VisibleText.Of(report.Total == 0 ? "No line matches" : $"{Quantity.Lines(report.Total)}: {found}{(report.Complete ? "" : " (older lines were not looked at)")}"));
    }

    private static void Print(LineReport line, char sign) =>
        Console.WriteLine(VisibleText.Of(string.Create(CultureInfo.InvariantCulture, $"{line.Id}{sign} {line.Time} {line.Process} | {line.Text}")));
}
