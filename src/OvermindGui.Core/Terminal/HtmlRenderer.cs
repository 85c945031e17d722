using System.Text;

namespace OvermindGui.Core.Terminal;

/// <summary>
/// The one place where output becomes markup. Process output is hostile: all text is escaped here, the rest is built from our own
/// class names and hexadecimal digits. Flat spans; colours by class, 24-bit ones by the custom properties <c>--fg</c> and <c>--bg</c>.
/// </summary>
public static class HtmlRenderer
{
    public static void Append(StringBuilder html, in StyledLine line)
    {
        if (line.Runs.Length == 0)
        {
            AppendEscaped(html, line.Text);
            return;
        }

        foreach (var run in line.Runs)
        {
            var text = line.Text.AsSpan(run.Start, run.Length);
            if (run.Style == TextStyle.Default)
            {
                AppendEscaped(html, text);
                continue;
            }

            html.Append("<span class=\"");
            StyleClasses.Append(html, run.Style);
            html.Append('"');
            AppendColors(html, run.Style);
            html.Append('>');
            AppendEscaped(html, text);
            html.Append("</span>");
        }
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
        var (foreground, background) = (style.Foreground.Hex, style.Background.Hex);
        if (foreground is null && background is null) return;
        html.Append(" style=\"");
        if (foreground is not null) html.Append("--fg:").Append(foreground).Append(background is null ? "" : ";");
        if (background is not null) html.Append("--bg:").Append(background);
        html.Append('"');
    }
}
