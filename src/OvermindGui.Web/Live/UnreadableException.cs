namespace OvermindGui.Web.Live;

/// <summary>What a page shows cannot be read now; the message says why. It may be possible at the next look.</summary>
public sealed class UnreadableException(string message, Exception cause) : Exception(message, cause);
