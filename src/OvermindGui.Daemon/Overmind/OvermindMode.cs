using Microsoft.Extensions.Logging;
using OvermindGui.Core.Procfiles;
using OvermindGui.Core.Projects;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Output;
using OvermindGui.Daemon.Storage;
using OvermindGui.Daemon.Supervision;

namespace OvermindGui.Daemon.Overmind;

/// <summary>Puts the supervisor over an external overmind together.</summary>
internal static class OvermindMode
{
    public static OvermindSupervisor Create(
        OvermindTools tools, TerminalSize window, Registration registration, Procfile procfile, Journal journal, RunNumbers runs,
        StoreQueue queue, ProjectFolder folder, TimeProvider time, ILoggerFactory loggers)
    {
        var client = new OvermindClient(tools, folder);
        var (gate, changes) = (new Gate(), new Changes(time));
        var processes = new OvermindProcesses(
            [.. procfile.Entries.Select(entry => new OvermindProcess(
                registration.ProcessIds[entry.Name], entry.Name, window, client, gate, changes, journal, runs, queue, StopPolicy.Default,
                time))],
            gate, journal);
        return new OvermindSupervisor(
            tools, folder, window, client, processes, gate, changes, journal, StopPolicy.Default, time,
            loggers.CreateLogger<OvermindSupervisor>());
    }
}
