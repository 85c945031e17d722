using System.Collections.Immutable;
using System.Globalization;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Environments;
using OvermindGui.Core.Project.Procfiles;

namespace OvermindGui.Core.Project.Planning;

/// <summary>Plans the processes of a Procfile's entries in stages: options, overrides, then each process's variables.</summary>
internal sealed class ProcessPlanner(PlanSettings settings, ProjectEnvironment environment, string root, string procfileName)
{
    private readonly List<Problem> _problems = [];

    /// <param name="overrides">
    /// Called once for each process before ports are assigned. It may change everything except the names. It receives an empty environment,
    /// and the variables it adds override the files.
    /// </param>
    public (IReadOnlyList<PlannedProcess> Processes, IReadOnlyList<Problem> Problems) Plan(
        Procfile procfile, Func<PlannedProcess, PlannedProcess> overrides)
    {
        AddUnknownNames([.. procfile.Entries.Select(e => e.Name)]);
        var processes = procfile.Entries.SelectMany(Instances).Select(overrides).ToList();
        if (processes.Count > 0 && processes.TrueForAll(p => p is { NotStartedReason: not null, Schedule: null }))
            _problems.Add(new Problem(new SourceLocation(procfileName), ProblemSeverity.Error, "no processes to run: every entry is left out"));
        return (ProcessEnvironments.Give(processes, environment.Variables), _problems);
    }

    private IEnumerable<PlannedProcess> Instances(ProcfileEntry entry)
    {
        var count = settings.Formation.CountOf(entry.Name);
        var notStartedReason = count == 0 ? $"0 instances by {settings.Formation.ConfiguredValue!.Place}"
            : settings.Except.Has(entry.Name) ? $"left out by {settings.Except.ConfiguredValue!.Place}"
            : settings.Only.IsGiven && !settings.Only.Has(entry.Name) ? $"left out by {settings.Only.ConfiguredValue!.Place}"
            : null;
        for (var instance = 1; instance <= Math.Max(1, count); instance++)
            yield return new PlannedProcess
            {
                Name = count > 1 ? string.Create(CultureInfo.InvariantCulture, $"{entry.Name}#{instance}") : entry.Name,
                Entry = entry.Name,
                Instance = instance,
                Line = entry.Line,
                Command = entry.Command,
                Shell = settings.Shell ?? "/bin/sh",
                WorkingDirectory = root,
                NotStartedReason = notStartedReason,
                Port = settings.HasPorts ? PortOf(entry, instance, notStartedReason is null) : null,
                Environment = ImmutableDictionary<string, PlannedVariable>.Empty,
                Restart = settings.Ends.RestartOf(entry.Name),
                StopAllOnExit = settings.Ends.StopsAllOnExit(entry.Name),
                StopSignal = settings.StopSignals.Of(entry.Name),
                StopTimeout = settings.StopTimeout,
            };
    }

    // Ports only increase, so one problem for the first port that is too high covers all that follow.
    private int? PortOf(ProcfileEntry entry, int instance, bool runs)
    {
        var port = settings.Ports.PortOf(entry.Index, instance);
        if (port <= PortRange.Highest) return (int)port;
        if (runs && !_problems.Exists(p => p.Severity == ProblemSeverity.Error))
            _problems.Add(new Problem(
                procfileName, entry.Line, ProblemSeverity.Error,
                $"the port of \"{entry.Name}\" would be {port}; expected at most {PortRange.Highest}: "
                + "lower --base-port or --port-step, or --no-port"));
        return null;
    }

    private void AddUnknownNames(HashSet<string> known)
    {
        Add(settings.Only.ConfiguredValue, settings.Only.Names);
        Add(settings.Except.ConfiguredValue, settings.Except.Names);
        Add(settings.Ends.CanDie.ConfiguredValue, settings.Ends.CanDie.Names);
        Add(settings.Ends.AutoRestart.ConfiguredValue, settings.Ends.AutoRestart.Names.Where(n => n != Formation.All));
        Add(settings.Formation.ConfiguredValue, settings.Formation.Counts.Keys.Where(n => n != Formation.All));
        Add(settings.StopSignals.ConfiguredValue, settings.StopSignals.ByEntry.Keys.Where(n => n != Formation.All));

        // Overmind silently ignores unknown names, so existing projects may have some: a warning, not an error.
        void Add(ConfiguredValue? setting, IEnumerable<string> names) => _problems.AddRange(names.Where(n => !known.Contains(n)).Select(name =>
            new Problem(
                setting!.Place, ProblemSeverity.Warning,
                $"no entry \"{PlainText.Excerpt(name)}\" in {procfileName}; there are: {PlainText.Names(known)}")));
    }
}
