using System.Globalization;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Daemon.Configuration;

/// <summary>Options with what was scaled.</summary>
internal sealed record ScaledOptions(IReadOnlyDictionary<string, int> Counts, PlanOptions Options);

/// <summary>Plans the folder's processes from what its files say now, the daemon's options, and what was scaled since.</summary>
internal sealed class PlanSource(ProjectFolder folder, DaemonOptions options)
{
    private volatile ScaledOptions _scaled = new(new Dictionary<string, int>(), options.Mode == DaemonMode.Overmind ? OverOvermind : options.Plan);

    /// <summary>The options of the current plan, including the scaled instances.</summary>
    public PlanOptions Options => _scaled.Options;

    // Overmind reads the files and variables itself. It is started with the same options: others would change the names of processes.
    private static PlanOptions OverOvermind { get; } = new() { Formation = "all=1", NoPort = true };

    public ProjectFolder Folder => folder;

    /// <summary>Reads the files.</summary>
    public ProjectPlan Load(PlanOptions by) => RecordedPlan.Load(folder, by);

    /// <summary>Options with other numbers of instances, over those that files and options say.</summary>
    /// <param name="current">The formation by which the processes run.</param>
    public ScaledOptions Scaled(IReadOnlyDictionary<string, int> counts, Formation current)
    {
        var scaled = _scaled.Counts.ToDictionary();
        foreach (var (entry, count) in counts) scaled[entry] = count;
        var all = current.Counts.ToDictionary();
        foreach (var (entry, count) in scaled) all[entry] = count;
        var formation = string.Join(',', all.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key}={p.Value}")));
        return new ScaledOptions(scaled, Options with { Formation = formation });
    }

    /// <summary>They count from now on.</summary>
    public void Commit(ScaledOptions scaled) => _scaled = scaled;
}
