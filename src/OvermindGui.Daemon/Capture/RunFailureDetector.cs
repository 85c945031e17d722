using OvermindGui.Core.Contracts;
using OvermindGui.Core.Failures;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Capture;

/// <summary>
/// Detects failures in one run of a process, across all of its streams. Stops matching after a match that terminates the run; a
/// declaration that only notifies matches once per run.
/// </summary>
/// <param name="detected">Called on the thread that reads the output; must not block.</param>
internal sealed class RunFailureDetector(RunIdentity run, ActiveDeclarations declarations, TimeProvider time, Action<DetectedFailure> detected)
{
    private readonly Lock _gate = new();
    private readonly List<FailureDeclaration> _used = [];
    private volatile bool _over;

    /// <summary>Is shown every line as it comes, finished or not, and again when it changes. Must not wait.</summary>
    public Action<string>? LineObserved { get; init; }

    /// <summary>What to look for; null for nothing.</summary>
    public FailureMatcher? Matcher => _over ? null : declarations.Matcher;

    /// <summary>Ends detection because the run is being stopped on purpose: its last output is no failure.</summary>
    public void End() => _over = true;

    /// <summary>The consequence of a match; null when the declaration has already matched or detection has ended.</summary>
    public DetectedFailure? TryHit(FailureDeclaration declaration, string text)
    {
        var action = declarations.ActionOf(declaration);
        lock (_gate)
        {
            if (_over || _used.Exists(declaration.LooksFor)) return null;
            _used.Add(declaration);
            if (action != FailureAction.Notify) _over = true;
        }

        return new DetectedFailure(run, declaration, action, text, time.Milliseconds());
    }

    public void Report(DetectedFailure failure) => detected(failure);
}
