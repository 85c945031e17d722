using System.CommandLine;
using System.Globalization;
using OvermindGui.Agents;
using OvermindGui.Core.Application;
using OvermindGui.Core.Output;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;
using OvermindGui.Invocation;
using OvermindGui.Options;
using OvermindGui.Output;
using OvermindGui.Web.Components.Pages;

namespace OvermindGui.Commands;

/// <summary><c>logs</c>: prints stored output and, with <c>-f</c>, new output.</summary>
internal static class LogsCommand
{
    private const int MostSessions = 10_000;

    public static Command Create()
    {
        var command = new Command("logs", "Print the output of the processes, also when no daemon runs");
        var options = new LogsOptions();
        var folder = new FolderArguments();
        options.AddTo(command);
        folder.AddTo(command, withPath: false);
        new ClientName().AddTo(command);
        command.SetFailableAction(words =>
        {
            var place = folder.Folder(words);
            var request = options.Request(words, options.View(words) is { } view ? LinesOf(view, place) : null);
            if (options.Session(words) is { } session) request = request with { Filter = InSession(request.Filter, session, place) };
            CheckRun(request.Filter.Run, place);
            return options.ExcerptRequest(words) is { } excerpt ? Task.FromResult(PrintExcerpt(place, excerpt, request)) : new LogSession(place, request).RunAsync();
        });
        return command;
    }

    private static void CheckRun(long? run, ProjectFolder folder)
    {
        var database = OvermindDatabase.In(folder);
        if (run is { } id && database.IsReady() && !new RunHistory(database, TimeProvider.System).Exists(id))
            throw new CommandFailure($"Error: --run {id}: there is no such run; overmind-gui runs lists them");
    }

    private static LineFilter InSession(LineFilter lines, string which, ProjectFolder folder)
    {
        var sessions = new RunHistory(OvermindDatabase.In(folder), TimeProvider.System).Sessions(MostSessions);
        var found = which switch
        {
            "current" => sessions is [var newest, ..] ? newest : null,
            "previous" => sessions is [_, var before, ..] ? before : null,
            _ => sessions.FirstOrDefault(s => s.Id.ToString(CultureInfo.InvariantCulture) == which),
        };
        return found is { Range: var (since, until) }
            ? lines with { Since = since, Until = until }
            : throw new CommandFailure($"Error: --session {which}: there is no such session; expected current, previous, or an id that overmind-gui runs --sessions shows");
    }

    private static LineFilter LinesOf(string view, ProjectFolder folder)
    {
        var views = new SavedViews(OvermindDatabase.In(folder), TimeProvider.System);
        return views.Find(view) is { } found ? PageState.LinesOf(found.Query) : throw new CommandFailure($"Error: {views.Unknown(view)}; overmind-gui views lists them");
    }

    private static int PrintExcerpt(ProjectFolder folder, Core.Application.LogRequest excerpt, Output.LogRequest options)
    {
        try
        {
            LogExcerpt.Print(new ProjectSession(OvermindDatabase.In(folder), null, TimeProvider.System, redact: false), excerpt, options.Filter, options.Json);
            return 0;
        }
        catch (RequestException e) when (options.Json)
        {
            Console.WriteLine(ApplicationJson.WriteError(e.Code, e.Message));
            return 1;
        }
        catch (RequestException e)
        {
            throw new CommandFailure($"Error: {e.Message}");
        }
    }
}
