namespace OvermindGui.Core.Contracts;

/// <summary>What the daemon can be asked to do. Stored by its lower-case name.</summary>
public enum CommandKind
{
    Start,
    Stop,
    Restart,

    /// <summary>End without asking first.</summary>
    Kill,

    /// <summary>Hand the row's argument to the process as if it had been typed.</summary>
    Input,

    /// <summary>Add or remove instances; the row names the formation, as in <c>web=3</c>.</summary>
    Scale,

    /// <summary>Apply what was changed in the files.</summary>
    Reload,

    /// <summary>Tell what a reload would change.</summary>
    PreviewReload,

    /// <summary>Look whether the database is damaged: somebody could not read it.</summary>
    Inspect,

    /// <summary>End every process, then the daemon.</summary>
    Quit,
}

public static class CommandKinds
{
    /// <summary>All of them as they are stored.</summary>
    public static IEnumerable<string> All => Enum.GetValues<CommandKind>().Select(ToText);

    public static string ToText(this CommandKind kind) => kind switch
    {
        CommandKind.Start => "start",
        CommandKind.Stop => "stop",
        CommandKind.Restart => "restart",
        CommandKind.Kill => "kill",
        CommandKind.Input => "input",
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
        "scale" => CommandKind.Scale,
        "reload" => CommandKind.Reload,
        "preview-reload" => CommandKind.PreviewReload,
        "inspect" => CommandKind.Inspect,
        "quit" => CommandKind.Quit,
        _ => null,
    };
}
