namespace OvermindGui.Core.Contracts;

/// <summary>Who runs the processes. Stored by its lower-case name.</summary>
public enum DaemonMode
{
    /// <summary>The daemon itself.</summary>
    Native,

    /// <summary>An external overmind, which the daemon runs and commands.</summary>
    Overmind,
}

public static class DaemonModes
{
    /// <summary>The stored form: <c>native</c> or <c>overmind</c>.</summary>
    public static string ToText(this DaemonMode mode) => mode == DaemonMode.Overmind ? "overmind" : "native";

    /// <summary>As a word that begins a sentence: <c>Native</c> or <c>Overmind</c>.</summary>
    public static string ToTitle(this DaemonMode mode) => mode == DaemonMode.Overmind ? "Overmind" : "Native";

    /// <summary>The reverse of <see cref="ToText"/>; null for anything else.</summary>
    public static DaemonMode? Parse(string? text) => text switch
    {
        "native" => DaemonMode.Native,
        "overmind" => DaemonMode.Overmind,
        _ => null,
    };
}
