using System.Globalization;
using System.Text;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Export;

/// <summary>
/// Escapes values for systemd (systemd.syntax, systemd.service). Percent signs begin specifiers everywhere, dollar signs begin variables
/// only in arguments, and quotes, backslashes and spaces are special only where a line is split into words.
/// </summary>
internal static class SystemdText
{
    private const string Harmless = "_./:=,@+-#";

    /// <summary>An argument in ExecStart.</summary>
    public static string Argument(string text) => Quoted(text.Replace("$", "$$", StringComparison.Ordinal));

    /// <summary>The program in ExecStart, in which systemd expands no variables.</summary>
    public static string Program(string path) => Quoted(path);

    /// <summary>Characters that systemd rejects in a program's path, even if they are escaped.</summary>
    public static bool CanBeProgram(string path) => !path.Any(c => char.IsControl(c) || c is '"' or '\'' or '\\');

    /// <summary>One word of Environment=.</summary>
    public static string Assignment(string name, string value) => Quoted($"{name}={value}");

    /// <summary>A value that takes up the rest of its line.</summary>
    public static string Line(string text) => text.Replace("%", "%%", StringComparison.Ordinal);

    /// <summary>A trailing backslash would join the next line, and trailing spaces are removed.</summary>
    public static bool CanBeLine(string text) => !text.Any(char.IsControl) && text is [.., not '\\' and var last] && !char.IsWhiteSpace(last);

    /// <summary>Free text, such as a description.</summary>
    public static string Title(string text) => Line(VisibleText.Of(text));

    private static string Quoted(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in Line(text))
            escaped.Append(c switch
            {
                '"' or '\\' => $"\\{c}",
                '\n' => "\\n",
                < ' ' or '\u007f' => string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
                _ => c.ToString(),
            });
        return text.All(c => char.IsAsciiLetterOrDigit(c) || Harmless.Contains(c)) && text is [not '#', ..] ? text : $"\"{escaped}\"";
    }
}
