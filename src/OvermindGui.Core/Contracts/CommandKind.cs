namespace OvermindGui.Core.Contracts;

/// <summary>A command to the daemon. Stored by its lower-case name.</summary>
public enum CommandKind
{
    Start,
    Stop,
    Restart,

    /// <summary>Kill the process without sending its stop signal first.</summary>
    Kill,

    /// <summary>Write the row's argument to the process's input, as if it had been typed.</summary>
    Input,

    /// <summary>Run a program once under supervision; the row names the new process, its argument is a <see cref="OneOffCommand"/>.</summary>
    Run,

    /// <summary>Add or remove instances; the row names the formation, as in <c>web=3</c>.</summary>
    Scale,

    /// <summary>Apply the changes to the project's files.</summary>
    Reload,

    /// <summary>List what a reload would change.</summary>
    PreviewReload,

    /// <summary>Check the database for damage, because a reader failed to read it.</summary>
    Inspect,

    /// <summary>Stop all processes, then the daemon.</summary>
    Quit,
}

public static class CommandKinds
{
    /// <summary>All kinds in their stored form.</summary>
    public static IEnumerable<string> All => Enum.GetValues<CommandKind>().Select(ToText);

    public static string ToText(this CommandKind kind) => kind switch
    {
        CommandKind.Start => "start",
        CommandKind.Stop => "stop",
        CommandKind.Restart => "restart",
        CommandKind.Kill => "kill",
        CommandKind.Input => "input",
        CommandKind.Run => "run",
        CommandKind.Scale => "scale",
        CommandKind.Reload => "reload",
        CommandKind.PreviewReload => "preview-reload",
        CommandKind.Inspect => "inspect",
        CommandKind.Quit => "quit",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>The reverse of <see cref="ToText"/>; null for anything else.</summary>
    public static CommandKind? Parse(string text) => text switch
    {
        "start" => CommandKind.Start,
        "stop" => CommandKind.Stop,
        "restart" => CommandKind.Restart,
        "kill" => CommandKind.Kill,
        "input" => CommandKind.Input,
        "run" => CommandKind.Run,
        "scale" => CommandKind.Scale,
        "reload" => CommandKind.Reload,
        "preview-reload" => CommandKind.PreviewReload,
        "inspect" => CommandKind.Inspect,
        "quit" => CommandKind.Quit,
        _ => null,
    };
}
