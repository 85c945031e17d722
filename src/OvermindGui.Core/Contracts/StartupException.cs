namespace OvermindGui.Core.Contracts;

/// <summary>The daemon cannot start, for a reason that a person can mend. The message is for that person.</summary>
public sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);
