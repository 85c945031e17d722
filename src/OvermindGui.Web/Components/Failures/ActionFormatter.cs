using OvermindGui.Core.Contracts;

namespace OvermindGui.Web.Components.Failures;

/// <summary>Formats the action of a declaration for display.</summary>
internal static class ActionFormatter
{
    /// <summary>All choices; null is the daemon's default.</summary>
    public static IReadOnlyList<FailureAction?> Choices { get; } = [null, FailureAction.Restart, FailureAction.Stop, FailureAction.Notify];

    public static string Of(FailureAction? action) => action switch
    {
        FailureAction.Restart => "Restart the process",
        FailureAction.Stop => "Stop the process",
        FailureAction.Notify => "Only report it",
        _ => "Default (restart)",
    };

    /// <summary>What will happen, in a sentence.</summary>
    public static string Consequence(FailureAction? action, string process) => action switch
    {
        FailureAction.Stop => $"Stops {process}; it stays stopped until you start it.",
        FailureAction.Notify => $"Reports the match; {process} keeps running.",
        FailureAction.Restart => $"Restarts {process} with exponential back-off, up to 5 times in a row.",
        _ => $"Restarts {process} with exponential back-off, up to 5 times in a row, unless the daemon runs with another --on-failure action.",
    };
}
