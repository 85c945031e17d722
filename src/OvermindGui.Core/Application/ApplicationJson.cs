using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OvermindGui.Core.Application;

/// <summary>The JSON format of reports on all interfaces: names in snake_case, empty values omitted.</summary>
public static class ApplicationJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Keeps markup characters and other scripts readable. The text is never embedded in a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write<T>(T report) => JsonSerializer.Serialize(report, Options);

    /// <summary>An error as every caller gets it.</summary>
    public static string WriteError(string code, string message) => Write(new { v = 1, error = new { code, message } });
}
