using System.Globalization;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Daemon.Configuration;

/// <summary>Plans the folder's processes from what its files say now, the daemon's options, and what was scaled since.</summary>
internal sealed class PlanSource(ProjectFolder folder, DaemonOptions options)
{
    private readonly Dictionary<string, int> _scaled = [];

    /// <summary>With what was scaled, for whoever wants to plan as the daemon does.</summary>
    public PlanOptions Options { get; private set; } = options.Mode == DaemonMode.Overmind ? OverOvermind : options.Plan;

    // Overmind reads the files and variables itself, and is told what would give processes other names.
    private static PlanOptions OverOvermind { get; } = new() { Formation = "all=1", NoPort = true };

    public ProjectPlan Load() => RecordedPlan.Load(folder, Options);

    /// <summary>Sets numbers of instances over those that files and options say.</summary>
    /// <param name="inForce">The formation that is in force.</param>
    public void Scale(IReadOnlyDictionary<string, int> counts, Formation inForce)
    {
        foreach (var (entry, count) in counts) _scaled[entry] = count;
        var all = inForce.Counts.ToDictionary();
        foreach (var (entry, count) in _scaled) all[entry] = count;
        Options = Options with
        {
            Formation = string.Join(',', all.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key}={p.Value}"))),
        };
    }
}
