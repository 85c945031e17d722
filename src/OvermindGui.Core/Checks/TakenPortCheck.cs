using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Resources;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Checks;

/// <summary>Finds ports of processes that another program already listens on.</summary>
internal static class TakenPortCheck
{
    public static IEnumerable<Problem> Find(ProjectFolder folder, ProjectPlan plan)
    {
        var listening = ListeningSockets.Read().Where(s => !s.Key.IsUdp).ToDictionary(s => s.Key.Port, s => s.Value);
        var taken = plan.Processes.Where(p => p is { NotStartedReason: null, Port: > 0 } && listening.ContainsKey(p.Port.Value)).ToList();
        if (taken.Count == 0) yield break;
        var holders = PortHolders.Find(taken.SelectMany(p => listening[p.Port!.Value]).ToHashSet());
        var own = OwnSessions(folder);
        foreach (var process in taken)
        {
            var holder = listening[process.Port!.Value].Select(socket => holders.GetValueOrDefault(socket)).FirstOrDefault(h => h is not null);
            // Running processes of this project listen on their own ports. A holder that this user may not inspect stays unknown.
            if (own.Count > 0 && (holder is null || own.Contains(holder.Session))) continue;
            yield return new Problem(
                ProjectChecks.PlaceOf(process, plan), ProblemSeverity.Warning,
                $"port {process.Port} of \"{process.Name}\" is taken{(holder is null ? "" : $" by {Describe(process.Port.Value, holder)}")}; "
                + "end that, or choose others by --base-port");
        }
    }

    private static string Describe(int port, PortHolder holder) => PortOwner.Of(port) is { Process: { } name, Project: { } project }
        ? $"{name} of {project} (PID {holder.Pid})"
        : $"{PlainText.Excerpt(holder.Command)} (PID {holder.Pid})";

    // Each process of the daemon leads a session.
    private static HashSet<int> OwnSessions(ProjectFolder folder) => DaemonLock.IsHeld(folder)
        ? [.. new SystemReader(OvermindDatabase.In(folder)).Read().Processes.Select(p => p.Pid).OfType<int>()]
        : [];
}
