namespace OvermindGui.Core.Contracts;

/// <summary>A command to the daemon, whichever way it comes.</summary>
/// <param name="Subject">Names and patterns with commas between them; null for all. For a scaling, the formation.</param>
/// <param name="Argument">What <see cref="CommandKind.Input"/> types.</param>
public sealed record CommandRequest(CommandKind Kind, string? Subject, string? Argument, Initiator RequestedBy)
{
    /// <summary>For the log: never what was typed.</summary>
    public override string ToString() => Subject is null ? Kind.ToText() : $"{Kind.ToText()} {Subject}";
}
