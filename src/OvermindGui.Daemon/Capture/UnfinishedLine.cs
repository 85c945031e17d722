using OvermindGui.Core.Failures;

namespace OvermindGui.Daemon.Capture;

/// <summary>A line without its end, such as a prompt: its last reported text and the declarations that were active then.</summary>
internal sealed record UnfinishedLine(long Number, string Text, FailureMatcher? InForce)
{
    // The last reported state under other declarations.
    private UnfinishedLine? Before { get; init; }

    /// <summary>The same line with its new text.</summary>
    public UnfinishedLine Grown(string text, FailureMatcher? inForce) => new(Number, text, inForce) { Before = At(inForce) };

    /// <summary>True when the text that a declaration matches was printed before the declaration became active.</summary>
    /// <param name="now">The active declarations.</param>
    public bool Had(FailureDeclaration declaration, FailureMatcher now) =>
        At(now) is { } before
        && before.InForce?.Declarations.Any(declaration.LooksFor) != true
        && new FailureMatcher([declaration], TimeProvider.System, _ => { }).FirstMatch(before.Text) is not null;

    private UnfinishedLine? At(FailureMatcher? now) => now == InForce ? Before : this;
}
