using System.Globalization;
using System.Text;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Web.Live;

/// <summary>Makes the element of a line. The prefix is an attribute that the style sheet shows, so it is in no copy and no search.</summary>
public static class LineRenderer
{
    /// <summary>A longer line is cut, with a button to see it whole: one line of megabytes would stall every browser.</summary>
    public const int CutAbove = 16 * 1024;

    public static RenderedLine Render(OutputLine line)
    {
        var whole = line.Content.Text.Length <= CutAbove;
        var html = new StringBuilder(line.Content.Text.Length + 96);
        html.Append("<div class=\"line").Append(MarkOf(line.Source)).Append("\" data-id=\"").Append(line.Id)
            .Append("\" data-t=\"").Append(line.Time).Append("\" data-p=\"");
        HtmlRenderer.AppendEscaped(html, line.Process);
        html.Append("\">");
        if (line.Content.Text.Length == 0) html.Append("<br>"); // an empty element would be no line in copied text
        HtmlRenderer.Append(html, whole ? line.Content : StyledLineCut.To(line.Content, CutAbove));
        if (!whole) html.Append("<button type=\"button\" class=\"whole\">").Append(MoreText(line.Content.Text.Length)).Append("</button>");
        return new RenderedLine(line.Id, line.Process, html.Append("</div>").ToString());
    }

    /// <summary>The content alone, however long.</summary>
    public static string RenderWhole(OutputLine line)
    {
        var html = new StringBuilder(line.Content.Text.Length + 96);
        HtmlRenderer.Append(html, line.Content);
        return html.ToString();
    }

    private static string MoreText(int length) => string.Create(CultureInfo.InvariantCulture, $"… show all {length:N0} characters");

    private static string MarkOf(LineSource source) => source switch
    {
        LineSource.StandardError => " err",
        LineSource.Notice => " notice",
        _ => "",
    };
}
