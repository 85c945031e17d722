using System.Text;

namespace OvermindGui.EndToEnd.Support;

/// <summary>Reads a line of a unit as systemd does (systemd.syntax, systemd.service): words, quotes, C's escapes, specifiers, variables.</summary>
internal static class SystemdWords
{
    public static List<string> OfCommand(string value) => [.. Split(value).Index().Select(word => word.Index == 0 ? word.Item : word.Item.Replace("$$", "$", StringComparison.Ordinal))];

    public static List<string> Split(string value)
    {
        var words = new List<string>();
        for (var at = 0; at < value.Length; at++)
        {
            if (value[at] == ' ') continue;
            var quote = value[at] is '"' or '\'' ? value[at++] : ' ';
            var word = new StringBuilder();
            for (; at < value.Length && value[at] != quote; at++) word.Append(value[at] == '\\' ? Escaped(value, ref at) : value[at]);
            words.Add(Plain(word.ToString()));
        }

        return words;
    }

    /// <summary>A value that is no list of words.</summary>
    public static string Plain(string value)
    {
        Assert.DoesNotContain(value.Replace("%%", "", StringComparison.Ordinal), c => c == '%');
        return value.Replace("%%", "%", StringComparison.Ordinal);
    }

    private static char Escaped(string value, ref int at) => value[++at] switch
    {
        'n' => '\n',
        'x' => (char)Convert.ToInt32(value.Substring((at += 2) - 1, 2), 16),
        '"' or '\\' => value[at],
        var other => throw new FormatException($"\\{other} is no escape that we write"),
    };
}
