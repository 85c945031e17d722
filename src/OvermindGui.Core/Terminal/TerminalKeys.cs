using System.Globalization;

namespace OvermindGui.Core.Terminal;

/// <summary>Names of keys, and the characters that a terminal sends for them: <c>enter</c>, <c>ctrl+c</c>, <c>alt+b</c>, <c>f5</c>, <c>q</c>.</summary>
public static class TerminalKeys
{
    /// <summary>The accepted names, for messages and help.</summary>
    public const string Known =
        "enter, tab, shift+tab, escape, space, backspace, delete, insert, up, down, left, right, home, end, pageup, pagedown, f1 to f12, ctrl+ a letter, "
        + "alt+ a key, or a single character";

    private static readonly Dictionary<string, string> Named = new(StringComparer.OrdinalIgnoreCase)
    {
        ["enter"] = "\r",
        ["return"] = "\r",
        ["tab"] = "\t",
        ["shift+tab"] = "\e[Z",
        ["escape"] = "\e",
        ["esc"] = "\e",
        ["space"] = " ",
        ["backspace"] = "\x7F",
        ["delete"] = "\e[3~",
        ["insert"] = "\e[2~",
        ["up"] = "\e[A",
        ["down"] = "\e[B",
        ["right"] = "\e[C",
        ["left"] = "\e[D",
        ["home"] = "\e[H",
        ["end"] = "\e[F",
        ["pageup"] = "\e[5~",
        ["pagedown"] = "\e[6~",
        ["f1"] = "\eOP",
        ["f2"] = "\eOQ",
        ["f3"] = "\eOR",
        ["f4"] = "\eOS",
        ["f5"] = "\e[15~",
        ["f6"] = "\e[17~",
        ["f7"] = "\e[18~",
        ["f8"] = "\e[19~",
        ["f9"] = "\e[20~",
        ["f10"] = "\e[21~",
        ["f11"] = "\e[23~",
        ["f12"] = "\e[24~",
        ["ctrl+space"] = "\0",
    };

    /// <summary>The characters that the key sends; null for an unknown name.</summary>
    public static string? Sequence(string name)
    {
        if (Named.TryGetValue(name, out var sequence)) return sequence;
        if (name.StartsWith("alt+", StringComparison.OrdinalIgnoreCase)) return Sequence(name[4..]) is { } key ? "\e" + key : null;
        if (name.StartsWith("ctrl+", StringComparison.OrdinalIgnoreCase)) return Control(name[5..]);
        return StringInfo.GetNextTextElementLength(name) == name.Length && name.Length > 0 && !char.IsControl(name[0]) ? name : null;
    }

    // Control clears two bits of the character: @ to _ are 0 to 31, and ? is DEL.
    private static string? Control(string key) =>
        key is [var c] && char.ToUpperInvariant(c) is >= '@' and <= '_' and var upper ? ((char)(upper - '@')).ToString() : key == "?" ? "\x7F" : null;
}
