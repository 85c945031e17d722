using System.Globalization;
using System.Text;

namespace OvermindGui.Core.Terminal;

/// <summary>
/// Renders a line for a terminal: text, "Select Graphic Rendition" sequences and OSC 8 links, from the same runs as <see
/// cref="HtmlRenderer"/>. Each line is self-contained: it begins and ends in the default style. Control characters in the text are never
/// written.
/// </summary>
public static class AnsiRenderer
{
    private const string Reset = "\e[0m";

    private static readonly (TextAttributes Flag, int Code)[] Codes =
    [
        (TextAttributes.Bold, 1),
        (TextAttributes.Faint, 2),
        (TextAttributes.Italic, 3),
        (TextAttributes.Underline, 4),
        (TextAttributes.Blink, 5),
        (TextAttributes.Inverse, 7),
        (TextAttributes.Conceal, 8),
        (TextAttributes.Strike, 9),
        (TextAttributes.Overline, 53),
    ];

    private static readonly (TextAttributes Flag, string Sequence)[] UnderlineKinds =
    [
        (TextAttributes.DoubleUnderline, "\e[4:2m"),
        (TextAttributes.CurlyUnderline, "\e[4:3m"),
        (TextAttributes.DottedUnderline, "\e[4:4m"),
        (TextAttributes.DashedUnderline, "\e[4:5m"),
    ];

    public static void Append(StringBuilder ansi, in StyledLine line)
    {
        if (line.Runs.Length == 0)
        {
            VisibleText.Append(ansi, line.Text);
            return;
        }

        string? link = null;
        foreach (var run in line.Runs)
        {
            // A link continues across style changes; opening it twice would make it two links.
            if (run.Style.Link != link) AppendLink(ansi, link = run.Style.Link);
            Append(ansi, line.Text.AsSpan(run.Start, run.Length), run.Style);
        }

        if (link is not null) AppendLink(ansi, null);
    }

    /// <summary>Text in one style, without its link.</summary>
    public static void Append(StringBuilder ansi, ReadOnlySpan<char> text, TextStyle style)
    {
        var start = ansi.Length;
        AppendRendition(ansi, style);
        var styled = ansi.Length > start;
        VisibleText.Append(ansi, text);
        if (styled) ansi.Append(Reset);
    }

    /// <summary>The sequences that turn the style on, link included; text that follows has it.</summary>
    public static void AppendStyle(StringBuilder ansi, TextStyle style)
    {
        AppendRendition(ansi, style);
        if (style.Link is { } link) AppendLink(ansi, link);
    }

    private static void AppendRendition(StringBuilder ansi, TextStyle style)
    {
        var start = ansi.Length;
        foreach (var (flag, code) in Codes)
            if (style.Has(flag)) AppendCode(ansi, start, $"{code}");
        AppendColor(ansi, start, style.Foreground, 30);
        AppendColor(ansi, start, style.Background, 40);
        if (ansi.Length > start) ansi.Append('m');

        // Colon-separated parameters, in their own sequences: a terminal without support drops only these.
        foreach (var (flag, sequence) in UnderlineKinds)
            if (style.Has(flag)) ansi.Append(sequence);
        if (style.UnderlineColor.Index is { } index) ansi.Append(CultureInfo.InvariantCulture, $"\e[58:5:{index}m");
        else if (style.UnderlineColor.Hex is { } hex) ansi.Append("\e[58:2::").Append(Components(hex, ':')).Append('m');
    }

    private static void AppendColor(StringBuilder ansi, int start, TerminalColor color, int firstCode)
    {
        if (color.Index is { } index)
            AppendCode(ansi, start, index switch
            {
                < 8 => $"{firstCode + index}",
                < 16 => $"{firstCode + 60 + index - 8}",
                _ => $"{firstCode + 8};5;{index}",
            });
        else if (color.Hex is { } hex)
            AppendCode(ansi, start, $"{firstCode + 8};2;{Components(hex, ';')}");
    }

    private static void AppendCode(StringBuilder ansi, int start, string code) =>
        ansi.Append(ansi.Length == start ? "\e[" : ";").Append(code);

    private static string Components(string hex, char separator) => string.Join(separator, Convert.FromHexString(hex.AsSpan(1)));

    // OSC 8 ; parameters ; URI ST. Without a URI it ends the link.
    private static void AppendLink(StringBuilder ansi, string? target) => ansi.Append("\e]8;;").Append(target).Append("\e\\");
}
