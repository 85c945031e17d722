using OvermindGui.Core.Application;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Output;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Terminal;
using OvermindGui.Invocation;

namespace OvermindGui.Agents;

/// <summary><c>run --keep</c>: starts a program under the daemon and prints its output until it ends. Ctrl+C ends the printing alone.</summary>
internal static class KeptRun
{
    private const int Page = 500;
    private static readonly TimeSpan SafetyInterval = TimeSpan.FromMilliseconds(250);

    /// <returns>The exit code of the program.</returns>
    public static async Task<int> FollowAsync(ProjectFolder project, OneOffRequest request, string? client)
    {
        var database = OvermindDatabase.In(project);
        var session = new ProjectSession(database, null, TimeProvider.System, redact: false) { Initiator = SessionArguments.InitiatorOf(client) };
        try
        {
            var last = database.IsReady() ? new OutputHistory(database).LastId() : 0;
            var (name, _) = await new OneOffRuns(session).StartAsync(request, CancellationToken.None);
            await Console.Error.WriteLineAsync($"Running as {name}; overmind-gui logs {name} shows it again, overmind-gui stop {name} ends it");
            using var bell = new DatabaseChangeWatcher(project, SafetyInterval);
            while (true)
            {
                // The state first: what is printed before the end is stored before it.
                var process = new SystemReader(database).Read().Processes.FirstOrDefault(p => p.Name == name);
                last = Print(database, name, last);
                if (process is { Exit: { } exit } && !process.State.IsUp()) return exit.Code;
                if (process is null || !DaemonLock.IsHeld(project)) throw new CommandFailure($"Error: The daemon ended before {name} did");
                await bell.WaitAsync(CancellationToken.None);
            }
        }
        catch (RequestException e)
        {
            throw new CommandFailure($"Error: {e.Message}");
        }
    }

    private static long Print(OvermindDatabase database, string name, long last)
    {
        while (true)
        {
            var lines = new OutputHistory(database).Between(last, long.MaxValue, ProcessFilter.Only(name), Page);
            foreach (var line in lines)
            {
                last = line.Id;
                if (line.Source != LineSource.Notice) Console.WriteLine(VisibleText.Of(line.Content.Text));
            }

            if (lines.Count < Page) return last;
        }
    }
}
