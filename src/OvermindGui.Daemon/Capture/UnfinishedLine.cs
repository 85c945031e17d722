using OvermindGui.Core.Failures;

namespace OvermindGui.Daemon.Capture;

/// <summary>A line before its end, such as a prompt: as it was told last, and what was in force then.</summary>
internal sealed record UnfinishedLine(long Number, string Text, FailureMatcher? InForce)
{
    // As it was told last while other declarations were in force.
    private UnfinishedLine? Before { get; init; }

    /// <summary>The same line, told again.</summary>
    public UnfinishedLine Grown(string text, FailureMatcher? inForce) => new(Number, text, inForce) { Before = At(inForce) };

    /// <summary>True when what a declaration looks for had been printed before it was in force.</summary>
    /// <param name="now">What is in force now.</param>
    public bool Had(FailureDeclaration declaration, FailureMatcher now) =>
        At(now) is { } before
        && before.InForce?.Declarations.Any(declaration.LooksFor) != true
        && new FailureMatcher([declaration], TimeProvider.System, _ => { }).FirstMatch(before.Text) is not null;

    private UnfinishedLine? At(FailureMatcher? now) => now == InForce ? Before : this;
}
