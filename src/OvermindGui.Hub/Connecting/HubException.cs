namespace OvermindGui.Hub.Connecting;

/// <summary>The hub answers, but cannot be used as it is; the message says why and what helps.</summary>
public sealed class HubException(string message) : Exception(message);
