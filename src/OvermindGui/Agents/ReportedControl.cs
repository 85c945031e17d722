using System.CommandLine;
using OvermindGui.Core.Application;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Agents;

/// <summary>What <c>restart</c> and <c>stop</c> have in common with the tools of agents: a report, a reason, waiting until all are ready.</summary>
internal sealed class ReportedControl
{
    private readonly Option<string?> _reason = new("--reason") { Description = "Shown with the command in the page and in ps", HelpName = "text" };

    private readonly Option<string?> _until = new("--until")
    {
        Description = "Wait until they are ready, or started",
        HelpName = "state",
        CompletionSources = { "ready", "started" },
    };

    private readonly Option<double> _timeout = new("--timeout") { Description = "Seconds to wait (default: 45)", HelpName = "seconds", DefaultValueFactory = _ => 45 };

    public void AddTo(Command command, CommandKind kind)
    {
        command.Add(_reason);
        if (kind != CommandKind.Restart) return;
        command.Add(_until);
        command.Add(_timeout);
    }

    public string? Reason(ParseResult words) => words.GetValue(_reason);

    /// <summary>Whether the answer is to be a report.</summary>
    public bool IsAsked(ParseResult words, SessionArguments arguments) => arguments.IsJson(words) || words.GetResult(_until) is not null;

    /// <returns>The exit code.</returns>
    /// <exception cref="RequestException">It cannot be carried out.</exception>
    public async Task<int> RunAsync(ParseResult words, SessionArguments arguments, ProjectSession session, CommandKind kind, string? subject)
    {
        var control = new ProcessControl(session);
        var names = NamesOf(session, subject);
        var report = kind == CommandKind.Stop
            ? await control.StopAsync(names, CancellationToken.None)
            : await control.RestartAsync(
                names, words.GetValue(_until) ?? "ready", WaitTime.Of(words.GetValue(_timeout), TimeSpan.FromDays(1)), CancellationToken.None);
        if (arguments.IsJson(words)) Console.WriteLine(ApplicationJson.Write(report));
        else CommandReportText.Print(report);
        return CommandReportText.ExitCodeOf(report.Result);
    }

    // Patterns and * as without a report; all are those that are not stopped already.
    private static IReadOnlyCollection<string> NamesOf(ProjectSession session, string? subject)
    {
        var processes = new StatusQuery(session).Read().Processes;
        if (subject is null) return [.. processes.Where(p => p.State != ProcessState.Stopped.ToText()).Select(p => p.Name)];
        var (names, unknown) = NamePattern.Select(subject.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), [.. processes.Select(p => p.Name)]);
        return unknown.Count == 0 ? [.. names] : throw RequestException.UnknownProcess(string.Join(", ", unknown), processes.Select(p => p.Name));
    }
}
