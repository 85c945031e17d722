namespace OvermindGui.Daemon.OvermindBackend;

/// <summary>Overmind has ended unexpectedly, so the daemon cannot continue. The message is meant for the user.</summary>
public sealed class OvermindEndedException(string message) : Exception(message);
