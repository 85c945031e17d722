using OvermindGui.Core.Contracts;
using OvermindGui.Core.Failures;

namespace OvermindGui.Daemon.Capture;

/// <summary>The declarations of one process that are currently active, and the default action.</summary>
internal sealed class ActiveDeclarations(FailureAction defaultAction)
{
    private volatile FailureMatcher? _matcher;

    /// <summary>Null while the process has no declarations. May be replaced at any time.</summary>
    public FailureMatcher? Matcher
    {
        get => _matcher;
        set => _matcher = value;
    }

    public FailureAction ActionOf(FailureDeclaration declaration) => declaration.Action ?? defaultAction;
}
