namespace OvermindGui.Core.Contracts;

/// <summary>What a reload does to a process.</summary>
public enum PendingChangeKind
{
    /// <summary>It is new, and started.</summary>
    Added,

    /// <summary>It is gone, and stopped.</summary>
    Removed,

    /// <summary>It has to be restarted for the change to apply.</summary>
    Restarted,

    /// <summary>It keeps running.</summary>
    Updated,
}

/// <summary>One change of the project's files that a reload would apply.</summary>
/// <param name="What">What of it has changed: <c>command, port 5000 → 5100</c>; of a new process, why it will not start. May be empty.</param>
public sealed record PendingChange(PendingChangeKind Kind, string Process, string What)
{
    /// <summary>Whether applying it interrupts something that runs.</summary>
    public bool Interrupts(IReadOnlyList<ProcessInfo> processes) =>
        Kind is PendingChangeKind.Restarted or PendingChangeKind.Removed && processes.Any(p => p.Name == Process && p.State.IsUp());

    /// <summary>As <c>reload</c> prints it: <c>+ web</c>, <c>- worker</c>, <c>~ api: command</c>.</summary>
    public override string ToString() => (Kind, What) switch
    {
        (PendingChangeKind.Added, "") => $"+ {Process}",
        (PendingChangeKind.Added, var why) => $"+ {Process} ({why})",
        (PendingChangeKind.Removed, _) => $"- {Process}",
        (PendingChangeKind.Restarted, var what) => $"~ {Process}: {what}",
        (_, var what) => $"~ {Process}: {what} (without a restart)",
    };

    /// <summary>In a sentence: <c>restart web: command</c>.</summary>
    public string Text => (Kind, What) switch
    {
        (PendingChangeKind.Added, "") => $"start {Process}, which is new",
        (PendingChangeKind.Added, var why) => $"add {Process} ({why})",
        (PendingChangeKind.Removed, _) => $"stop and remove {Process}",
        (PendingChangeKind.Restarted, var what) => $"restart {Process}: {what}",
        (_, var what) => $"update {Process} without a restart: {what}",
    };

    /// <summary>All of them in one line: <c>restarts 3: web, worker, api · stops old</c>.</summary>
    public static string Summary(IReadOnlyCollection<PendingChange> changes)
    {
        return string.Join(" · ", ((string?[])[Part(PendingChangeKind.Restarted, "restarts"), Part(PendingChangeKind.Removed, "stops"), Part(PendingChangeKind.Added, "starts"), Part(PendingChangeKind.Updated, "updates")]).OfType<string>());

        string? Part(PendingChangeKind kind, string verb)
        {
            var names = changes.Where(c => c.Kind == kind).Select(c => c.Process).ToList();
            return names.Count switch
            {
                0 => null,
                1 => $"{verb} {names[0]}",
                _ => $"{verb} {names.Count}: {string.Join(", ", names)}",
            };
        }
    }
}
