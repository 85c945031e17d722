using System.Globalization;

namespace OvermindGui.Core.Contracts;

/// <summary>Where a line came from. The numbers are stored.</summary>
public enum LineSource
{
    StandardOutput = 0,
    StandardError = 1,

    /// <summary>A pseudo-terminal, which merges standard output and standard error.</summary>
    Terminal = 2,

    /// <summary>The daemon's own messages about a process, such as "exited with code 3".</summary>
    Notice = 3,
}

public static class LineSources
{
    /// <summary>The name in machine-readable output; an unknown number from another version stays a number.</summary>
    public static string ToText(this LineSource source) => source switch
    {
        LineSource.StandardOutput => "stdout",
        LineSource.StandardError => "stderr",
        LineSource.Terminal => "tty",
        LineSource.Notice => "notice",
        _ => ((int)source).ToString(CultureInfo.InvariantCulture),
    };
}
