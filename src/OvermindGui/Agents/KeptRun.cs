using OvermindGui.Core.Application;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Output;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Terminal;
using OvermindGui.Invocation;
using OvermindGui.Options;

namespace OvermindGui.Agents;

/// <summary><c>run --keep</c>: starts a program under the daemon and prints its output until it ends. Ctrl+C ends the printing alone.</summary>
internal static class KeptRun
{
    private static readonly TimeSpan SafetyInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Runs it and prints one answer as JSON, as the tool <c>run</c> returns it.</summary>
    /// <returns>The exit code of the program, or 124 when it goes on after the timeout.</returns>
    public static async Task<int> ReportAsync(ProjectFolder project, OneOffRequest request, string? client)
    {
        try
        {
            var report = await new OneOffRuns(SessionOf(project, client)).RunAsync(request, CancellationToken.None);
            Console.WriteLine(ApplicationJson.Write(report));
            return report.Exit ?? CommandReportText.TimedOut;
        }
        catch (RequestException e)
        {
            Console.WriteLine(ApplicationJson.WriteError(e.Code, e.Message));
            return 1;
        }
    }

    /// <returns>The exit code of the program.</returns>
    public static async Task<int> FollowAsync(ProjectFolder project, OneOffRequest request, string? client)
    {
        var session = SessionOf(project, client);
        var database = session.Database;
        try
        {
            var last = database.IsReady() ? new OutputHistory(database).LastId() : 0;
            var (name, _) = await new OneOffRuns(session).StartAsync(request, CancellationToken.None);
            await Console.Error.WriteLineAsync($"Running as {name}; overmind-gui logs {name} shows it again, overmind-gui stop {name} ends it");
            using var watcher = new DatabaseChangeWatcher(project, SafetyInterval);
            while (true)
            {
                // The state first: what comes meanwhile is printed then.
                var process = new SystemReader(database).Read().Processes.FirstOrDefault(p => p.Name == name);
                var isComplete = LastOutput.IsComplete(database, name, DateTimeOffset.UtcNow);
                last = Print(database, name, last);
                if (process is { Exit: { } exit } && !process.State.IsUp() && isComplete) return exit.Code;
                if (process is null || !DaemonLock.IsHeld(project)) throw new CommandFailure($"Error: The daemon ended before {name} did");
                await watcher.WaitAsync(CancellationToken.None);
            }
        }
        catch (RequestException e)
        {
            throw new CommandFailure($"Error: {e.Message}");
        }
    }

    private static ProjectSession SessionOf(ProjectFolder project, string? client) =>
        new(OvermindDatabase.In(project), null, TimeProvider.System, redact: false) { Initiator = ClientName.InitiatorOf(client) };

    private static long Print(OvermindDatabase database, string name, long last)
    {
        var newest = new OutputHistory(database).LastId();
        foreach (var line in new OutputReader(database, new LineFilter(ProcessFilter.Only(name))).Read(last, newest))
            if (line.Source != LineSource.Notice) Console.WriteLine(VisibleText.Of(line.Content.Text));
        return newest;
    }
}
