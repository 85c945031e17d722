using System.Buffers;
using System.Globalization;
using System.Text;

namespace OvermindGui.Core.Terminal;

/// <summary>
/// The only place that turns output into markup. Process output is hostile: this class escapes all text, and builds the rest from its own
/// class names, hexadecimal digits and links that <see cref="Hyperlink"/> accepted. Flat elements; colours by class, 24-bit ones by the
/// custom properties <c>--fg</c> and <c>--bg</c>, an underline's by <c>--ul</c>. The view <c>output_lines</c> renders the same in SQL.
/// </summary>
public static class HtmlRenderer
{
    /// <summary>Unicode's embeddings, overrides and isolates.</summary>
    internal const string DirectionControlCharacters = "\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069";

    private static readonly SearchValues<char> DirectionControls = SearchValues.Create(DirectionControlCharacters);

    /// <summary>Appends a line as markup.</summary>
    /// <param name="hasTabStops">Whether the Tab key stops at its links.</param>
    public static void Append(StringBuilder html, in StyledLine line, bool hasTabStops = true)
    {
        if (line.Runs.Length == 0)
        {
            AppendText(html, line.Text);
            return;
        }

        foreach (var run in line.Runs)
        {
            var text = line.Text.AsSpan(run.Start, run.Length);
            if (run.Style == TextStyle.Default)
            {
                AppendText(html, text);
                continue;
            }

            var element = run.Style.Link is null ? "span" : "a";
            html.Append('<').Append(element);
            if (run.Style.Link is not null && !hasTabStops) html.Append(" tabindex=\"-1\"");
            html.Append(" class=\"");
            StyleClasses.Append(html, run.Style);
            html.Append('"');
            AppendColors(html, run.Style);
            AppendLink(html, run.Style.Link);
            html.Append('>');
            AppendText(html, text);
            html.Append("</").Append(element).Append('>');
        }
    }

    /// <summary>Escapes text. Shows bidirectional overrides and embeddings by name, because they would reorder the visible text.</summary>
    public static void AppendText(StringBuilder html, ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny(DirectionControls) is >= 0 and var control)
        {
            AppendEscaped(html, text[..control]);
            html.Append(CultureInfo.InvariantCulture, $"<span class=\"control\">U+{(int)text[control]:X4}</span>");
            text = text[(control + 1)..];
        }

        AppendEscaped(html, text);
    }

    /// <summary>Escapes text for element content and for attributes in double or single quotes.</summary>
    public static void AppendEscaped(StringBuilder html, ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny("&<>\"'") is >= 0 and var special)
        {
            html.Append(text[..special]).Append(text[special] switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                _ => "&#39;",
            });
            text = text[(special + 1)..];
        }

        html.Append(text);
    }

    private static void AppendColors(StringBuilder html, TextStyle style)
    {
        var start = html.Length;
        AppendProperty("--fg:", style.Foreground.Hex);
        AppendProperty("--bg:", style.Background.Hex);
        var underline = UnderlineColor.Text(style.UnderlineColor);
        AppendProperty("--ul:", underline is ['a', ..] ? $"var(--{underline})" : underline);
        if (html.Length > start) html.Append('"');

        void AppendProperty(string name, string? value)
        {
            if (value is not null) html.Append(html.Length == start ? " style=\"" : ";").Append(name).Append(value);
        }
    }

    private static void AppendLink(StringBuilder html, string? link)
    {
        if (link is null) return;
        html.Append(" href=\"");
        AppendEscaped(html, link);
        html.Append("\" target=\"_blank\" rel=\"noopener noreferrer nofollow\"");
    }
}
