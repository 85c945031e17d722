namespace OvermindGui.Daemon.OvermindBackend;

/// <summary>Overmind has ended without being asked to, and with it what the daemon was there for. The message is for a person.</summary>
public sealed class OvermindEndedException(string message) : Exception(message);
