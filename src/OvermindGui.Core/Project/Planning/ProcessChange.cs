namespace OvermindGui.Core.Project.Planning;

/// <summary>How a process of two plans differs.</summary>
/// <param name="Run">
/// What a run that is going on still has from the old plan, in words: <c>command</c>, <c>port 5000 → 5100</c>, <c>RAILS_ENV</c>.
/// </param>
/// <param name="Handling">What counts at once, in words: <c>stop signal</c>, <c>restart</c>, <c>left out</c>.</param>
public sealed record ProcessChange(
    PlannedProcess Before, PlannedProcess After, IReadOnlyList<string> Run, IReadOnlyList<string> Handling)
{
    /// <summary>A run that is going on has to end before all of the new plan is true.</summary>
    public bool NeedsRestart => Run.Count > 0;

    /// <summary>Everything that changed; of variables the names, never the values.</summary>
    public IEnumerable<string> What => Run.Concat(Handling);

    /// <summary>Null when nothing changed that the process could notice.</summary>
    public static ProcessChange? Between(PlannedProcess before, PlannedProcess after)
    {
        List<string> run =
        [
            .. Unless(before.Command == after.Command, "command"),
            .. Unless(before.Shell == after.Shell, "shell"),
            .. Unless(before.WorkingDirectory == after.WorkingDirectory, "working directory"),
            .. Unless(before.Port == after.Port, $"port {PortText(before)} → {PortText(after)}"),
            .. Unless(before.Pty == after.Pty, "terminal"),
            .. Variables(before.Environment, after.Environment),
        ];
        List<string> handling =
        [
            .. Unless(before.LeftOut == after.LeftOut, "left out"),
            .. Unless(before.Restart == after.Restart, "restart"),
            .. Unless(before.EndsOthers == after.EndsOthers, "what its end means for the others"),
            .. Unless(before.StopSignal == after.StopSignal, "stop signal"),
            .. Unless(before.StopTimeout == after.StopTimeout, "stop timeout"),
            .. Unless(before.DependsOn.SequenceEqual(after.DependsOn), "dependencies"),
            .. Unless(before.Ready == after.Ready, "ready check"),
            .. Unless(before.OneShot == after.OneShot, "one-shot"),
            .. Unless(before.Group == after.Group, "group"),
        ];
        return run.Count + handling.Count == 0 ? null : new ProcessChange(before, after, run, handling);
    }

    private static string[] Unless(bool same, string what) => same ? [] : [what];

    private static string PortText(PlannedProcess process) => process.Port is { } port ? $"{port}" : "none";

    private static IEnumerable<string> Variables(
        IReadOnlyDictionary<string, PlannedVariable> before, IReadOnlyDictionary<string, PlannedVariable> after) =>
        before.Keys.Union(after.Keys).Where(name => name != "PORT" && !IsOption(name) && Differs(name, before, after))
            .Order(StringComparer.Ordinal);

    // Processes see the options that files hold, but those speak to us.
    private static bool IsOption(string name) =>
        name.StartsWith("OVERMIND_", StringComparison.Ordinal) && !name.StartsWith("OVERMIND_PROCESS_", StringComparison.Ordinal);

    // A neighbour that comes or goes concerns nobody who runs already; one that moves may.
    private static bool Differs(
        string name, IReadOnlyDictionary<string, PlannedVariable> before, IReadOnlyDictionary<string, PlannedVariable> after) =>
        before.TryGetValue(name, out var old) && after.TryGetValue(name, out var @new)
            ? old.Value != @new.Value
            : !ProcessEnvironments.IsPortOfAnother(name, before.GetValueOrDefault(name) ?? after[name]);
}
