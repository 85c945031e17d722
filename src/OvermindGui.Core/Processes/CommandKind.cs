namespace OvermindGui.Core.Processes;

/// <summary>What the daemon can be asked to do. Stored by its lower-case name.</summary>
public enum CommandKind
{
    Start,
    Stop,
    Restart,

    /// <summary>End every process, then the daemon.</summary>
    Quit,
}

public static class CommandKinds
{
    public static string ToText(this CommandKind kind) => kind switch
    {
        CommandKind.Start => "start",
        CommandKind.Stop => "stop",
        CommandKind.Restart => "restart",
        CommandKind.Quit => "quit",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>The reverse of <see cref="ToText"/>; null for anything else.</summary>
    public static CommandKind? Parse(string text) => text switch
    {
        "start" => CommandKind.Start,
        "stop" => CommandKind.Stop,
        "restart" => CommandKind.Restart,
        "quit" => CommandKind.Quit,
        _ => null,
    };
}
