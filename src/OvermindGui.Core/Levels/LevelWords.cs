namespace OvermindGui.Core.Levels;

/// <summary>The words by which programs name a level, and the numbers of pino, bunyan and syslog.</summary>
internal static class LevelWords
{
    private const int LongestWord = 13; // "informational"

    /// <summary>The level that a word names, whatever its case; null for any other word.</summary>
    public static LineLevel? Of(ReadOnlySpan<char> word)
    {
        if (word.Length is < 3 or > LongestWord) return null;
        Span<char> lower = stackalloc char[LongestWord];
        lower = lower[..word.Length];
        for (var i = 0; i < word.Length; i++) lower[i] = (char)(word[i] | 0x20);
        return lower switch
        {
            "error" or "err" or "eror" or "fatal" or "ftl" or "fail" or "crit" or "critical" or "panic" or "severe" or "emerg"
                or "emergency" or "alert" => LineLevel.Error,
            "warn" or "warning" or "wrn" => LineLevel.Warn,
            "info" or "inf" or "information" or "informational" or "notice" or "log" => LineLevel.Info,
            "debug" or "dbg" or "dbug" or "trace" or "trce" or "trc" or "verbose" or "vrb" or "fine" or "finer" or "finest" => LineLevel.Debug,
            _ => null,
        };
    }

    /// <summary>pino and bunyan: 10 trace, 20 debug, 30 info, 40 warn, 50 error, 60 fatal; null for other numbers.</summary>
    public static LineLevel OfNumber(int number) => number switch
    {
        10 or 20 => LineLevel.Debug,
        30 => LineLevel.Info,
        40 => LineLevel.Warn,
        50 or 60 => LineLevel.Error,
        _ => LineLevel.None,
    };

    /// <summary>The severity in a syslog priority, RFC 5424.</summary>
    public static LineLevel OfSyslog(int priority) => (priority & 7) switch
    {
        <= 3 => LineLevel.Error,
        4 => LineLevel.Warn,
        5 or 6 => LineLevel.Info,
        _ => LineLevel.Debug,
    };

    /// <summary>The one letter of glog, tornado and Ruby.</summary>
    public static LineLevel OfLetter(char letter) => letter switch
    {
        'E' or 'F' or 'C' => LineLevel.Error,
        'W' => LineLevel.Warn,
        'I' or 'N' => LineLevel.Info,
        'D' or 'T' or 'V' => LineLevel.Debug,
        _ => LineLevel.None,
    };
}
