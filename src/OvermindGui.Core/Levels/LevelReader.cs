using System.Buffers;

namespace OvermindGui.Core.Levels;

/// <summary>
/// Detects the level that a line names. A word counts only where loggers write it: at the start, after time stamps, brackets and names that
/// end with a colon, or as a field of JSON or logfmt. A wrong level is worse than none, so words inside a sentence do not count.
/// </summary>
public static class LevelReader
{
    // No logger writes the level after this many characters.
    private const int HeadLength = 100;
    private const int FieldsLength = 4096;
    private const int MostTokens = 8;

    private static readonly SearchValues<string> LogfmtKeys = SearchValues.Create(["level=", "lvl=", "severity="], StringComparison.Ordinal);

    private static readonly SearchValues<string> JsonKeys = SearchValues.Create(
        ["\"level\"", "\"severity\"", "\"lvl\"", "\"log.level\"", "\"levelname\"", "\"@l\"", "\"Level\"", "\"LogLevel\""], StringComparison.Ordinal);

    public static LineLevel Of(ReadOnlySpan<char> line)
    {
        line = line.TrimStart();
        if (line.Length < 3) return LineLevel.None;
        if (line[0] == '{') return OfJson(line);
        return OfHead(line.Length > HeadLength ? line[..HeadLength] : line) is var level and not LineLevel.None ? level : OfLogfmt(line);
    }

    private static LineLevel OfJson(ReadOnlySpan<char> line)
    {
        if (line.Length > FieldsLength) line = line[..FieldsLength];
        var at = line.IndexOfAny(JsonKeys);
        if (at < 0) return LineLevel.None;
        var value = line[(at + 1)..];
        value = value[(value.IndexOf('"') + 1)..].TrimStart();
        if (value is not [':', ..]) return LineLevel.None;
        value = value[1..].TrimStart();
        if (value is ['"', ..])
        {
            value = value[1..];
            return value.IndexOf('"') is > 0 and var end ? LevelWords.Of(value[..end]) ?? LineLevel.None : LineLevel.None;
        }

        return LevelWords.OfNumber(LeadingNumber(value, out _));
    }

    private static LineLevel OfLogfmt(ReadOnlySpan<char> line)
    {
        if (line.Length > FieldsLength) line = line[..FieldsLength];
        if (!line.Contains('=')) return LineLevel.None;
        var at = line.IndexOfAny(LogfmtKeys);
        if (at < 0 || (at > 0 && line[at - 1] is not (' ' or '\t'))) return LineLevel.None;
        var value = line[at..];
        value = value[(value.IndexOf('=') + 1)..].TrimStart('"');
        var length = value.IndexOfAny(" \t\",");
        if (length >= 0) value = value[..length];
        return LevelWords.Of(value) ?? (value is [>= '0' and <= '9', ..] ? LevelWords.OfNumber(LeadingNumber(value, out _)) : LineLevel.None);
    }

    private static LineLevel OfHead(ReadOnlySpan<char> head)
    {
        if (head[0] == '<' && LeadingNumber(head[1..], out var digits) is <= 191 and var priority && digits is > 0 and <= 3
            && head.Length > digits + 1 && head[digits + 1] == '>') return LevelWords.OfSyslog(priority);
        if (OfLetterHead(head) is var letter and not LineLevel.None) return letter;
        if (StackTrace.IsHead(head)) return LineLevel.Error;
        var place = false; // whether the text before is a position in a source file
        for (var tokens = 0; tokens < MostTokens && !head.IsEmpty; tokens++)
        {
            var length = head.IndexOfAny(" \t|");
            var token = length < 0 ? head : head[..length];
            if (token.Length > 0)
            {
                if (OfToken(token, tokens == 0, place) is var level and not LineLevel.None) return level;
                if (!MayPrecede(token)) return LineLevel.None;
                place = token[^1] == ':' && token.IndexOfAnyInRange('0', '9') >= 0;
            }

            head = length < 0 ? [] : head[(length + 1)..];
        }

        return LineLevel.None;
    }

    // "E0131 12:00:00.1", "[I 240131 10:00:00 web:2]", "[W]", "I, [2026-01-31T": a single letter needs such a context.
    private static LineLevel OfLetterHead(ReadOnlySpan<char> head) => head switch
    {
        ['[', var letter, ']' or ' ', ..] when head[2] == ']' || (head.Length > 3 && char.IsAsciiDigit(head[3])) => LevelWords.OfLetter(letter),
        [var letter, ',', ' ', '[', ..] => LevelWords.OfLetter(letter),
        [var letter and ('I' or 'W' or 'E' or 'F'), >= '0' and <= '9', >= '0' and <= '9', >= '0' and <= '9', >= '0' and <= '9', ' ', ..] =>
            LevelWords.OfLetter(letter),
        _ => LineLevel.None,
    };

    private static LineLevel OfToken(ReadOnlySpan<char> token, bool first, bool place)
    {
        var word = token.TrimStart("[<(");
        var opened = word.Length < token.Length;
        var length = 0;
        while (length < word.Length && char.IsAsciiLetter(word[length])) length++;
        if (length < 3 || !IsWhole(word, length, out var closed)) return LineLevel.None;
        word = word[..length];
        if (!opened && !closed && !IsUpper(word) && !place) return LineLevel.None;
        if (opened && !closed) return LineLevel.None;
        // "Log: " and "Fine: " are words of a sentence.
        if (word.Length <= 4 && !IsUpper(word) && !opened && word is ['l' or 'L' or 'f' or 'F', ..] && LevelWords.Of(word) is LineLevel.Info or LineLevel.Debug)
            return LineLevel.None;
        if (!opened && !closed && !first && word is "LOG" or "FINE" or "ALERT") return LineLevel.None;
        return LevelWords.Of(word) ?? LineLevel.None;
    }

    /// <param name="closed">Whether a bracket or a colon ends the word.</param>
    private static bool IsWhole(ReadOnlySpan<char> token, int length, out bool closed)
    {
        closed = false;
        if (length == token.Length) return true;
        var after = token[length];
        // "error[E0382]:" of rustc, "ERR!" of npm, "error/0]" of a worker's number
        closed = after is ':' or ']' or '>' or ')' || (after == '[' && token[^1] is ':' or ']');
        return closed || after is ',' or ';' || (after == '!' && length + 1 == token.Length && IsUpper(token[..length]));
    }

    // A prefix before a level is not prose: it contains a digit, has brackets, ends with a colon, or is the name of a tool.
    private static bool MayPrecede(ReadOnlySpan<char> token) =>
        token[^1] is ':' or ']' or ')' or '>' || token[0] is '[' or '(' || token.IndexOfAnyInRange('0', '9') >= 0
        || token is "-" or "--" or "—" or "*" or "npm" or "pnpm" or "yarn" or "UTC" or "GMT" or "CET" or "CEST" or "AM" or "PM" or "PHP" or "at"
        || IsMonthOrDay(token);

    private static bool IsMonthOrDay(ReadOnlySpan<char> token) => token.Length is 3 or 4 && token.TrimEnd(',') is "Jan" or "Feb" or "Mar" or "Apr"
        or "May" or "Jun" or "Jul" or "Aug" or "Sep" or "Oct" or "Nov" or "Dec" or "Mon" or "Tue" or "Wed" or "Thu" or "Fri" or "Sat" or "Sun";

    private static bool IsUpper(ReadOnlySpan<char> word) => !word.ContainsAnyExceptInRange('A', 'Z');

    private static int LeadingNumber(ReadOnlySpan<char> text, out int digits)
    {
        var number = 0;
        for (digits = 0; digits < text.Length && digits < 9 && char.IsAsciiDigit(text[digits]); digits++) number = number * 10 + (text[digits] - '0');
        return number;
    }
}
