namespace OvermindGui.Core.Levels;

/// <summary>The severity that a line names. The numbers are stored.</summary>
public enum LineLevel
{
    /// <summary>The line names no level, or its level is uncertain.</summary>
    None = 0,
    Debug = 1,
    Info = 2,
    Warn = 3,
    Error = 4,
}

/// <summary>Levels as words of the API, the command line and the page's address.</summary>
public static class LineLevels
{
    public static IReadOnlyList<LineLevel> All { get; } = [LineLevel.Error, LineLevel.Warn, LineLevel.Info, LineLevel.Debug, LineLevel.None];

    public static string ToText(this LineLevel level) => level switch
    {
        LineLevel.Error => "error",
        LineLevel.Warn => "warn",
        LineLevel.Info => "info",
        LineLevel.Debug => "debug",
        _ => "none",
    };

    /// <summary>Null for a word that names no level. <c>trace</c>, <c>warning</c> and <c>fatal</c> are accepted as well.</summary>
    public static LineLevel? Parse(string word) => word.Trim().ToLowerInvariant() switch
    {
        "error" or "fatal" or "critical" => LineLevel.Error,
        "warn" or "warning" => LineLevel.Warn,
        "info" => LineLevel.Info,
        "debug" or "trace" => LineLevel.Debug,
        "none" => LineLevel.None,
        _ => null,
    };

    /// <summary>Converts a stored number to a level; unknown numbers, from a newer version, become <c>None</c>.</summary>
    public static LineLevel FromStored(long number) => number is >= (long)LineLevel.None and <= (long)LineLevel.Error ? (LineLevel)number : LineLevel.None;
}
