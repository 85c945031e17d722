namespace OvermindGui.Core.Contracts;

/// <summary>The daemon cannot start, for a reason that the user can fix. The message is meant for the user.</summary>
public sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);
