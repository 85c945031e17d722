namespace OvermindGui.Core.Contracts;

/// <summary>What happens to a process whose output matches a failure declaration. Stored and written by its lower-case name.</summary>
public enum FailureAction
{
    /// <summary>Stop it, mark it broken, and restart it after a delay that grows with each hit.</summary>
    Restart,

    /// <summary>Stop it and mark it broken until it is started manually.</summary>
    Stop,

    /// <summary>Leave it running; record and report the hit.</summary>
    Notify,
}

public static class FailureActions
{
    /// <summary>The words that <see cref="Parse"/> accepts, for messages.</summary>
    public const string Accepted = "restart, stop or notify";

    public static string ToText(this FailureAction action) => action switch
    {
        FailureAction.Restart => "restart",
        FailureAction.Stop => "stop",
        FailureAction.Notify => "notify",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, null),
    };

    /// <summary>The reverse of <see cref="ToText"/>; null for anything else.</summary>
    public static FailureAction? Parse(string? text) => text switch
    {
        "restart" => FailureAction.Restart,
        "stop" => FailureAction.Stop,
        "notify" => FailureAction.Notify,
        _ => null,
    };
}
