using System.Globalization;
using System.Text;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Output;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Web.Live;

/// <summary>
/// Renders the element of a line. Time and name are attributes that the style sheet shows, so that copies and searches do not contain
/// them. The text is kept as printed, even where the style sheet hides a part of it.
/// </summary>
public static class LineRenderer
{
    /// <summary>What is longer is folded; all of it is in the page.</summary>
    public const int FoldAbove = 2_000;

    /// <summary>What is longer is cut, with a button that brings the rest: one line of megabytes would stall every browser.</summary>
    public const int CutAbove = 16 * 1024;

    public static RenderedLine Render(OutputLine line)
    {
        var html = new StringBuilder(line.Content.Text.Length + 128);
        html.Append("<div class=\"line");
        AppendMarks(html, line);
        var classes = html.Length;
        html.Append("\" data-id=\"").Append(line.Id).Append("\" data-t=\"").Append(line.Time).Append("\" data-p=\"");
        HtmlRenderer.AppendEscaped(html, line.Process);
        html.Append("\">");
        AppendName(html, line);
        if (AppendContent(html, line)) html.Insert(classes, " fields");
        return new RenderedLine(line.Id, line.Process, html.Append("</div>").ToString()) { Level = line.Level, Continues = line.Traits.Continues };
    }

    /// <summary>What is in the element of a line, however long it is.</summary>
    public static string RenderWhole(OutputLine line)
    {
        var html = new StringBuilder(line.Content.Text.Length + 128);
        AppendName(html, line);
        AppendMarkup(html, PlainLinks.Apply(line.Content));
        return html.ToString();
    }

    // The log is one stop of the Tab key, however many links its lines have; Enter follows that of the line with the cursor.
    private static void AppendMarkup(StringBuilder html, in StyledLine content) => HtmlRenderer.Append(html, content, hasTabStops: false);

    private static void AppendName(StringBuilder html, OutputLine line)
    {
        html.Append("<i data-p=\"");
        HtmlRenderer.AppendEscaped(html, ShortName.Of(line.Process));
        html.Append("\"></i>");
    }

    /// <summary>Whether it consists of fields.</summary>
    private static bool AppendContent(StringBuilder html, OutputLine line)
    {
        var (content, length) = (line.Content, line.Content.Text.Length);
        if (length == 0)
        {
            html.Append("<br>"); // an empty element would be no line in copied text
            return false;
        }

        if (length <= FoldAbove)
        {
            if (content.Runs.Length == 0 && line.Source != LineSource.Notice && FieldMarkup.IsLikely(content.Text) && FieldMarkup.TryAppend(html, content.Text)) return true;
            AppendMarkup(html, PlainLinks.Apply(content));
            return false;
        }

        AppendMarkup(html, PlainLinks.Apply(StyledLineCut.To(content, FoldAbove)));
        var shown = StyledLineCut.To(content, FoldAbove).Text.Length;
        if (length > CutAbove)
        {
            html.Append(CultureInfo.InvariantCulture, $"<button type=\"button\" class=\"whole\" tabindex=\"-1\" data-cut=\"true\">+{length - shown:N0}</button>");
            return false;
        }

        html.Append("<span class=\"rest\">");
        AppendMarkup(html, StyledLineCut.From(content, shown));
        html.Append(CultureInfo.InvariantCulture, $"</span><button type=\"button\" class=\"whole\" tabindex=\"-1\">+{length - shown:N0}</button>");
        return false;
    }

    private static void AppendMarks(StringBuilder html, OutputLine line)
    {
        html.Append(line.Source switch
        {
            LineSource.StandardError => " err",
            LineSource.Notice => " notice",
            _ => "",
        });
        html.Append(line.Level switch
        {
            LineLevel.Error => " e",
            LineLevel.Warn => " w",
            LineLevel.Info => " in",
            LineLevel.Debug => " d",
            _ => "",
        });
        if (line.Traits.Continues) html.Append(" c");
    }
}
