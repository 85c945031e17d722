using System.Buffers;

namespace OvermindGui.Core.Errors;

/// <summary>Finds the message in a line that names an error: the field of a structured line, otherwise the whole line.</summary>
internal static class ErrorMessage
{
    private const int FieldsLength = 4096;

    // In this order: "error" is often the level's value, or a nested object.
    private static readonly string[] JsonKeys = ["\"msg\"", "\"message\"", "\"@mt\"", "\"@m\"", "\"RenderedMessage\"", "\"MessageTemplate\"", "\"event\"", "\"error\"", "\"err\""];

    private static readonly string[] LogfmtKeys = ["msg=", "message=", "error=", "err="];

    private static readonly SearchValues<char> LogfmtEnds = SearchValues.Create(" \t");

    /// <summary>The message, as it stands in the line.</summary>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        var head = line.Length > FieldsLength ? line[..FieldsLength] : line;
        var message = head is ['{', ..] ? OfJson(head) : head.Contains('=') ? OfLogfmt(head) : default;
        return message.IsEmpty ? line : message;
    }

    private static ReadOnlySpan<char> OfJson(ReadOnlySpan<char> line)
    {
        foreach (var key in JsonKeys)
        {
            var at = line.IndexOf(key, StringComparison.Ordinal);
            if (at < 0) continue;
            var value = line[(at + key.Length)..].TrimStart();
            if (value is not [':', ..]) continue;
            value = value[1..].TrimStart();
            if (value is ['"', ..] && Quoted(value) is { IsEmpty: false } message) return message;
        }

        return default;
    }

    private static ReadOnlySpan<char> OfLogfmt(ReadOnlySpan<char> line)
    {
        foreach (var key in LogfmtKeys)
        {
            var at = line.IndexOf(key, StringComparison.Ordinal);
            if (at < 0 || (at > 0 && line[at - 1] is not (' ' or '\t'))) continue;
            var value = line[(at + key.Length)..];
            if (value is ['"', ..]) return Quoted(value);
            return value.IndexOfAny(LogfmtEnds) is >= 0 and var end ? value[..end] : value;
        }

        return default;
    }

    // Up to the closing quote; all of the rest in a line that was cut.
    private static ReadOnlySpan<char> Quoted(ReadOnlySpan<char> value)
    {
        for (var i = 1; i < value.Length; i++)
        {
            if (value[i] == '\\') i++;
            else if (value[i] == '"') return value[1..i];
        }

        return value[1..];
    }
}
