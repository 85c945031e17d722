using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Core.Control;

/// <summary>The state of everything except the output, at one moment.</summary>
/// <param name="DaemonAlive">Whether a daemon holds the folder's lock.</param>
/// <param name="DaemonPid">PID of the living or last daemon, when one is known.</param>
/// <param name="Processes">In Procfile order. Without a living daemon their state is unknown, so none counts as running.</param>
/// <param name="LineCount">Lines in the database, all processes.</param>
/// <param name="ProcfileProblems">Invalid Procfile lines; read from the current file when no daemon lives.</param>
/// <param name="Warning">Problems at the daemon's start that did not prevent it.</param>
public sealed record SystemSnapshot(
    bool DaemonAlive, int? DaemonPid, IReadOnlyList<ProcessInfo> Processes, long LineCount,
    IReadOnlyList<string> ProcfileProblems, string? Warning)
{
    public static SystemSnapshot Empty { get; } = new(false, null, [], 0, [], null);

    /// <summary>The changes that a reload would apply, or why it cannot; empty when there are none, and without a living daemon.</summary>
    public PendingReload? Pending { get; init; }

    /// <summary>Why the last daemon shut itself down; null when it was asked to quit, or is alive.</summary>
    public string? EndReason { get; init; }

    /// <summary>Why the living daemon cannot store output; null when it can.</summary>
    public string? StorageTrouble { get; init; }

    /// <summary>How the shipping to a hub and an engine for logs goes; empty without them, and without a living daemon.</summary>
    public IReadOnlyList<ShippingInfo> Shipping { get; init; } = [];

    /// <summary>Size of the database, including the write-ahead log.</summary>
    public long StoredBytes { get; init; }

    /// <summary>The daemon's planning options: its flags and later scaling.</summary>
    public PlanOptions Options { get; init; } = new();

    /// <summary>True when both look the same to a reader.</summary>
    public bool SameAs(SystemSnapshot other) =>
        WithoutLists == other.WithoutLists
        && Processes.SequenceEqual(other.Processes)
        && Shipping.SequenceEqual(other.Shipping)
        && ProcfileProblems.SequenceEqual(other.ProcfileProblems);

    private SystemSnapshot WithoutLists => this with { Processes = [], ProcfileProblems = [], Shipping = [] };
}
