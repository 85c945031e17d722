using OvermindGui.Core.Contracts;

namespace OvermindGui.Web.Components.Failures;

/// <summary>What a declaration does, for people.</summary>
internal static class ActionFormatter
{
    /// <summary>All choices; null is what the daemon was told to do.</summary>
    public static IReadOnlyList<FailureAction?> Choices { get; } = [null, FailureAction.Restart, FailureAction.Stop, FailureAction.Notify];

    public static string Of(FailureAction? action) => action switch
    {
        FailureAction.Restart => "Stop and restart it",
        FailureAction.Stop => "Stop it",
        FailureAction.Notify => "Only say so",
        _ => "Project's default",
    };
}
