using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Output;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Web.Api;

/// <summary>The forms in which lines are handed out as a file.</summary>
public enum ExportFormat
{
    /// <summary>Time, process and text.</summary>
    Log,

    /// <summary>The same with colours, for a terminal.</summary>
    Ansi,

    /// <summary>A JSON object for each line.</summary>
    Jsonl,

    /// <summary>A page that needs nothing else.</summary>
    Html,
}

/// <summary>Formats lines as a file: a header, each line, and a footer.</summary>
public sealed class LineExport(ExportFormat format)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The words by which the forms are asked for.</summary>
    public const string Accepted = "log, ansi, jsonl or html";

    /// <summary>The form.</summary>
    public ExportFormat Format => format;

    /// <summary>What a server says of such a file.</summary>
    public string ContentType => format switch
    {
        ExportFormat.Jsonl => "application/jsonl; charset=utf-8",
        ExportFormat.Html => "text/html; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    };

    /// <summary>The end of such a file's name, without the dot.</summary>
    public string Extension => format.ToString().ToLowerInvariant();

    /// <summary>Null for a word that is no form.</summary>
    public static LineExport? Parse(string? word) =>
        Enum.TryParse<ExportFormat>(word, ignoreCase: true, out var format) && Enum.IsDefined(format) && !char.IsAsciiDigit(word![0]) ? new LineExport(format) : null;

    /// <summary>Writes what precedes the lines.</summary>
    /// <param name="title">A readable title, such as the name of the project.</param>
    public void Begin(StringBuilder text, string title)
    {
        if (format != ExportFormat.Html) return;
        text.Append("<!DOCTYPE html>\n<html lang=\"en\" data-theme=\"dark\">\n<meta charset=\"utf-8\">\n<title>");
        HtmlRenderer.AppendEscaped(text, title);
        text.Append("</title>\n<style>\n").Append(Resource("theme.css")).Append(Resource("ansi.css")).Append(
            """
            body { margin: 12px; color: var(--log-text); background: var(--background); font: 13px/20px var(--mono); }
            .line { padding-left: 8px; white-space: pre-wrap; overflow-wrap: anywhere; border-left: 3px solid transparent; }
            .line.error { border-color: var(--bad); }
            .line.warn { border-color: var(--warn); }
            .line.notice { color: var(--text-3); }
            .meta { color: var(--text-3); }
            </style>
            <body>

            """);
    }

    /// <summary>A line, with its end.</summary>
    public void Append(StringBuilder text, OutputLine line)
    {
        switch (format)
        {
            case ExportFormat.Jsonl:
                text.Append(JsonSerializer.Serialize(LineResponse.From(line), Json));
                break;
            case ExportFormat.Html:
                AppendHtml(text, line);
                break;
            default:
                text.Append(LineTime.TextOf(line.Time)).Append(' ').Append(line.Process).Append(" | ");
                if (format == ExportFormat.Ansi) AnsiRenderer.Append(text, line.Content);
                else VisibleText.Append(text, line.Content.Text);
                break;
        }

        text.Append('\n');
    }

    /// <summary>Writes what follows the lines.</summary>
    public void End(StringBuilder text)
    {
        if (format == ExportFormat.Html) text.Append("</body>\n</html>\n");
    }

    private static void AppendHtml(StringBuilder text, OutputLine line)
    {
        text.Append("<div class=\"line").Append(line.Source == LineSource.Notice ? " notice" : "");
        if (line.Level != LineLevel.None) text.Append(' ').Append(line.Level.ToText());
        text.Append("\"><span class=\"meta\">").Append(LineTime.TextOf(line.Time)).Append(' ');
        HtmlRenderer.AppendEscaped(text, line.Process);
        text.Append(" | </span>");
        HtmlRenderer.Append(text, line.Content);
        text.Append("</div>");
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
