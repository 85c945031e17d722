namespace OvermindGui.Core.Control;

/// <summary>How a command ended.</summary>
/// <param name="Message">The message for the caller: what was done, or why not and what to do next.</param>
public sealed record CommandOutcome(bool Succeeded, string Message)
{
    /// <summary>The message of a reload that had nothing to do.</summary>
    public const string NothingChanged = "Nothing has changed";

    /// <summary>Combines the outcomes of several processes, one per line.</summary>
    public static CommandOutcome Of(IReadOnlyCollection<CommandOutcome> outcomes) =>
        new(outcomes.All(o => o.Succeeded), string.Join('\n', outcomes.Select(o => o.Message)));
}
