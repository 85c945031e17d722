using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Output;

namespace OvermindGui.Output;

/// <summary>Machine-readable lines: one JSON object each, with the exact text.</summary>
internal sealed class JsonPrinter(StandardOutput output) : ILinePrinter
{
    // Keeps quotes and other scripts readable. The text is never embedded in a page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly SearchValues<char> DirectionControls =
        SearchValues.Create("\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069");

    private readonly ArrayBufferWriter<byte> _json = new();
    private readonly StringBuilder _text = new();

    public void Print(FollowedLine followed)
    {
        var line = followed.Line;
        _json.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_json, Options))
        {
            writer.WriteStartObject();
            writer.WriteNumber("id", line.Id);
            writer.WriteString("process", line.Process);
            writer.WriteString("time", LineTime.TextOf(line.Time));
            writer.WriteString("stream", line.Source.ToText());
            if (line.Run is { } run) writer.WriteNumber("run", run);
            else writer.WriteNull("run");
            writer.WriteString("text", line.Content.Text);
            writer.WriteString("level", line.Level.ToText());
            if (line.Traits.Continues) writer.WriteBoolean("continues", true);
            if (followed.Amended) writer.WriteBoolean("amended", true);
            writer.WriteEndObject();
        }

        _text.Clear();
        AppendEscaped(Encoding.UTF8.GetString(_json.WrittenSpan));
        output.WriteLine(_text);
    }

    // Ids already express this.
    public void PrintGap()
    {
    }

    // Such characters occur only inside strings, where an escape is equivalent, and the output may go to a terminal.
    private void AppendEscaped(ReadOnlySpan<char> json)
    {
        while (json.IndexOfAny(DirectionControls) is >= 0 and var control)
        {
            _text.Append(json[..control]).Append(CultureInfo.InvariantCulture, $"\\u{(int)json[control]:X4}");
            json = json[(control + 1)..];
        }

        _text.Append(json);
    }
}
