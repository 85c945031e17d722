namespace OvermindGui.Daemon.Persistence;

/// <summary>Which run of which process something belongs to.</summary>
internal sealed record RunIdentity(int ProcessId, long RunId);
