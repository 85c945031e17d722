using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OvermindGui.Core.Application;

/// <summary>The one JSON form of reports, over every way: names in snake_case, what says nothing left out.</summary>
public static class ApplicationJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Markup and other scripts stay readable. Nothing of it becomes part of a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write<T>(T report) => JsonSerializer.Serialize(report, Options);

    /// <summary>An error as every caller gets it.</summary>
    public static string WriteError(string code, string message) => Write(new { v = 1, error = new { code, message } });
}
