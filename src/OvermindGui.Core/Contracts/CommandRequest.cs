namespace OvermindGui.Core.Contracts;

/// <summary>A command to the daemon, independent of the transport.</summary>
/// <param name="Subject">Names and patterns, separated by commas; null for all processes. For <c>scale</c>, the formation.</param>
/// <param name="Argument">The text that <see cref="CommandKind.Input"/> sends.</param>
public sealed record CommandRequest(CommandKind Kind, string? Subject, string? Argument, Initiator RequestedBy)
{
    /// <summary>A description for the log, without the argument.</summary>
    public override string ToString() => Subject is null ? Kind.ToText() : $"{Kind.ToText()} {Subject}";
}
