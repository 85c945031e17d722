using System.Globalization;
using System.Text;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Export;

/// <summary>
/// Writes values so that systemd reads them back as they are (systemd.syntax, systemd.service): percent signs begin specifiers everywhere,
/// dollar signs variables in arguments alone, and quotes, backslashes and spaces mean something only where a line is split into words.
/// </summary>
internal static class SystemdText
{
    private const string Harmless = "_./:=,@+-#";

    /// <summary>A word of ExecStart behind the program.</summary>
    public static string Argument(string text) => Quoted(text.Replace("$", "$$", StringComparison.Ordinal));

    /// <summary>The first word of ExecStart: variables are not looked for in it.</summary>
    public static string Program(string path) => Quoted(path);

    /// <summary>systemd refuses programs with these in their paths, however they are written.</summary>
    public static bool CanBeProgram(string path) => !path.Any(c => char.IsControl(c) || c is '"' or '\'' or '\\');

    /// <summary>One word of Environment=.</summary>
    public static string Assignment(string name, string value) => Quoted($"{name}={value}");

    /// <summary>A value that is the rest of its line.</summary>
    public static string Line(string text) => text.Replace("%", "%%", StringComparison.Ordinal);

    /// <summary>A backslash at the end would join the next line, and spaces there are cut off.</summary>
    public static bool CanBeLine(string text) => !text.Any(char.IsControl) && text is [.., not '\\' and var last] && !char.IsWhiteSpace(last);

    /// <summary>Something for people to read in a line.</summary>
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
