using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Core.Control;

/// <summary>Everything but the output, at one moment.</summary>
/// <param name="DaemonAlive">Whether a daemon holds the folder's lock.</param>
/// <param name="DaemonPid">PID of the living or last daemon, when one is known.</param>
/// <param name="Processes">In Procfile order. Without a living daemon nobody knows whether they run, so none is said to.</param>
/// <param name="LineCount">Lines in the database, all processes.</param>
/// <param name="ProcfileProblems">Lines that cannot be used; of the file as it is now when no daemon lives.</param>
/// <param name="Warning">What went wrong at the daemon's start without stopping it.</param>
public sealed record SystemSnapshot(
    bool DaemonAlive, int? DaemonPid, IReadOnlyList<ProcessInfo> Processes, long LineCount,
    IReadOnlyList<string> ProcfileProblems, string? Warning)
{
    public static SystemSnapshot Empty { get; } = new(false, null, [], 0, [], null);

    /// <summary>What a reload would change, or why it cannot; empty for nothing, and without a living daemon.</summary>
    public IReadOnlyList<string> PendingChanges { get; init; } = [];

    /// <summary>Why the last daemon ended by itself; null when it was told to, or lives.</summary>
    public string? EndReason { get; init; }

    /// <summary>Why the living daemon cannot store what is printed; null when it can.</summary>
    public string? StorageTrouble { get; init; }

    /// <summary>Size of the database, with what has not been written back to it yet.</summary>
    public long StoredBytes { get; init; }

    /// <summary>What the daemon plans by: its flags, and what was scaled since.</summary>
    public PlanOptions Options { get; init; } = new();

    /// <summary>True when a reader would see no difference.</summary>
    public bool SameAs(SystemSnapshot other) =>
        WithoutLists == other.WithoutLists
        && Processes.SequenceEqual(other.Processes)
        && ProcfileProblems.SequenceEqual(other.ProcfileProblems)
        && PendingChanges.SequenceEqual(other.PendingChanges);

    private SystemSnapshot WithoutLists => this with { Processes = [], ProcfileProblems = [], PendingChanges = [] };
}
