namespace OvermindGui.Core.Project.Planning;

/// <summary>The differences of a process between two plans.</summary>
/// <param name="Run">
/// Differences that a current run keeps until it ends: <c>command</c>, <c>port 5000 → 5100</c>, <c>RAILS_ENV</c>.
/// </param>
/// <param name="Handling">Differences that take effect immediately: <c>stop signal</c>, <c>restart</c>, <c>left out</c>.</param>
public sealed record ProcessChange(
    PlannedProcess Before, PlannedProcess After, IReadOnlyList<string> Run, IReadOnlyList<string> Handling)
{
    /// <summary>True when the new plan takes full effect only after a restart of the process.</summary>
    public bool NeedsRestart => Run.Count > 0;

    /// <summary>Everything that changed; for variables only the names, never the values.</summary>
    public IEnumerable<string> What => Run.Concat(Handling);

    /// <summary>Null when no relevant property changed.</summary>
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
            .. Unless(before.NotStartedReason == after.NotStartedReason, "left out"),
            .. Unless(before.Restart == after.Restart, "restart"),
            .. Unless(before.StopAllOnExit == after.StopAllOnExit, "what its end means for the others"),
            .. Unless(before.StopSignal == after.StopSignal, "stop signal"),
            .. Unless(before.Stop == after.Stop, "how it is stopped"),
            .. Unless(before.StopTimeout == after.StopTimeout, "stop timeout"),
            .. Unless(before.DependsOn.SequenceEqual(after.DependsOn), "dependencies"),
            .. Unless(before.Ready == after.Ready, "ready check"),
            .. Unless(before.OneShot == after.OneShot, "one-shot"),
            .. Unless(before.Group == after.Group, "group"),
            .. Unless(before.Limits == after.Limits, "limits"),
            .. Unless(before.SuccessCodes.SequenceEqual(after.SuccessCodes), "success codes"),
            .. Unless(before.Liveness == after.Liveness, "liveness check"),
            .. Unless(before.Schedule == after.Schedule, "schedule"),
            .. Unless(before.Watch == after.Watch, "watched files"),
        ];
        return run.Count + handling.Count == 0 ? null : new ProcessChange(before, after, run, handling);
    }

    private static string[] Unless(bool same, string what) => same ? [] : [what];

    private static string PortText(PlannedProcess process) => process.Port is { } port ? $"{port}" : "none";

    private static IEnumerable<string> Variables(
        IReadOnlyDictionary<string, PlannedVariable> before, IReadOnlyDictionary<string, PlannedVariable> after) =>
        before.Keys.Union(after.Keys).Where(name => name != "PORT" && !IsOption(name) && Differs(name, before, after))
            .Order(StringComparer.Ordinal);

    // Processes inherit options set in files, but only Overmind GUI uses them.
    private static bool IsOption(string name) =>
        name.StartsWith("OVERMIND_", StringComparison.Ordinal) && !name.StartsWith("OVERMIND_PROCESS_", StringComparison.Ordinal);

    // Adding or removing another process does not affect a running one; changing its port may.
    private static bool Differs(
        string name, IReadOnlyDictionary<string, PlannedVariable> before, IReadOnlyDictionary<string, PlannedVariable> after) =>
        before.TryGetValue(name, out var old) && after.TryGetValue(name, out var @new)
            ? old.Value != @new.Value
            : !ProcessEnvironments.IsPortOfAnother(name, before.GetValueOrDefault(name) ?? after[name]);
}
