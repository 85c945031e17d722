using OvermindGui.Core.Control;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Storage;

namespace OvermindGui.Web.Live;

/// <summary>Plans the project from its files as they are now, by the options of the daemon.</summary>
public sealed class PlanReader(OvermindDatabase database)
{
    public ProjectPlan Read()
    {
        var system = new SystemReader(database).Read();
        var plan = RecordedPlan.Load(database.Folder, system.Options);
        // An instance that was there before the others came has kept the name it had.
        var names = system.Processes.DistinctBy(p => (p.Entry, p.Instance)).ToDictionary(p => (p.Entry, p.Instance), p => p.Name);
        return system.DaemonAlive
            ? plan with { Processes = [.. plan.Processes.Select(p => p with { Name = names.GetValueOrDefault((p.Entry, p.Instance), p.Name) })] }
            : plan;
    }
}
