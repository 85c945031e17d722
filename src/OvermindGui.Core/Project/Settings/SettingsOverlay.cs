using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Project.Procfiles;

namespace OvermindGui.Core.Project.Settings;

/// <summary>Applies <c>overmind-gui.yaml</c> while a plan is made.</summary>
/// <param name="folder">The Procfile's folder.</param>
internal sealed class SettingsOverlay(ProjectSettingsFile file, Procfile procfile, string folder, PlanSettings settings)
{
    private readonly List<Problem> _readyProblems = [];

    /// <summary>Call this before ports and variables are assigned.</summary>
    public PlannedProcess Apply(PlannedProcess process)
    {
        var applied = file.ApplyTo(process, folder) with { HasLightTerminal = file.HasLightTerminals };
        // An option that names the process overrides the file.
        return applied with
        {
            Restart = settings.Ends.AutoRestart.Has(process.Entry) ? process.Restart : applied.Restart,
            StopSignal = settings.StopSignals.ByEntry.ContainsKey(process.Entry) ? process.StopSignal : applied.StopSignal,
        };
    }

    /// <summary>Applies the ready check; call this after variables are assigned.</summary>
    /// <param name="inherited">The environment without the project's files; null for an unset variable.</param>
    public PlannedProcess ApplyReady(PlannedProcess process, Func<string, string?> inherited) =>
        file.ApplyReadyTo(process, inherited, _readyProblems);

    /// <summary>All problems; call this after everything is applied.</summary>
    public IEnumerable<Problem> Problems(IReadOnlyList<PlannedProcess> processes) =>
    [
        .. file.Problems.Concat(file.FindProblems([.. procfile.Entries.Select(e => e.Name)], folder)).Concat(_readyProblems)
            .OrderBy(p => p.Location.Line).ThenBy(p => p.Location.Column),
        .. StartOrder.Of(processes).Notices.Select(n => new Problem(new SourceLocation(ProjectSettingsFile.FileName), ProblemSeverity.Warning, n)),
    ];
}
