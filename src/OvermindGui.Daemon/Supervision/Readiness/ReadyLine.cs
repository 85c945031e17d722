using System.Text.RegularExpressions;
using OvermindGui.Core.Failures;

namespace OvermindGui.Daemon.Supervision.Readiness;

/// <summary>Waits for a line that matches. May be shown lines by several threads.</summary>
internal sealed class ReadyLine(string expression, TimeProvider time)
{
    private readonly BudgetedRegex _pattern = new(expression, time);
    private readonly TaskCompletionSource<string?> _decided = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Null once a line has matched, or why none ever will.</summary>
    public Task<string?> Decided => _decided.Task;

    public bool IsDecided => _decided.Task.IsCompleted;

    public void Show(string text)
    {
        if (IsDecided) return;
        try
        {
            if (_pattern.Matches(text)) _decided.TrySetResult(null);
        }
        catch (RegexMatchTimeoutException)
        {
            _decided.TrySetResult($"the expression \"{expression}\" takes too long and is out of force");
        }
    }
}
