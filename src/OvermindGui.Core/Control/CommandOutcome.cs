namespace OvermindGui.Core.Control;

/// <summary>How a command ended.</summary>
/// <param name="Message">For the person who asked: what was done, or why not and what to do next.</param>
public sealed record CommandOutcome(bool Succeeded, string Message)
{
    /// <summary>The outcome of a command to several processes: a line each.</summary>
    public static CommandOutcome Of(IReadOnlyCollection<CommandOutcome> outcomes) =>
        new(outcomes.All(o => o.Succeeded), string.Join('\n', outcomes.Select(o => o.Message)));
}
