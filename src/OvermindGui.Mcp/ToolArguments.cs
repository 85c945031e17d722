using System.Text.Json;
using OvermindGui.Core.Application;

namespace OvermindGui.Mcp;

/// <summary>Checks the arguments of a call against the schema of its tool, so that an error names the argument and what it takes.</summary>
internal static class ToolArguments
{
    private const int LongestExcerpt = 100;

    /// <summary>
    /// Checks and completes them in place: a client that has only texts may give a list as one, <c>["web"]</c> or <c>web,api</c>.
    /// </summary>
    /// <exception cref="RequestException">An argument is unknown, or has another type.</exception>
    public static void Check(IDictionary<string, JsonElement> arguments, JsonElement schema)
    {
        if (!schema.TryGetProperty("properties", out var properties)) return;
        foreach (var (name, value) in arguments.ToList())
        {
            if (!properties.TryGetProperty(name, out var property))
                throw Refused($"{name}: there is no such argument (known: {string.Join(", ", properties.EnumerateObject().Select(p => p.Name))})");
            var types = TypesOf(property);
            if (types.Contains("array") && value.ValueKind == JsonValueKind.String) arguments[name] = ListOf(name, value.GetString()!);
            else if (types.Count > 0 && !types.Any(type => Is(value, type))) throw Refused($"{name}: expected {string.Join(" or ", types.Where(t => t != "null"))}, found {Excerpt(value)}");
        }

        foreach (var name in schema.TryGetProperty("required", out var required) ? required.EnumerateArray().Select(r => r.GetString()!) : [])
            if (!arguments.ContainsKey(name)) throw Refused($"{name}: is missing");
    }

    private static List<string> TypesOf(JsonElement property) => !property.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(t => t.GetString()!)] : [type.GetString()!];

    private static JsonElement ListOf(string name, string text)
    {
        if (!text.TrimStart().StartsWith('[')) return JsonSerializer.SerializeToElement(text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(text);
        }
        catch (JsonException)
        {
            throw Refused($"{name}: expected a list such as [\"web\"], found {text}");
        }
    }

    // Numbers and switches may come as texts too.
    private static bool Is(JsonElement value, string type) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number ? value.TryGetInt64(out _) : value.ValueKind == JsonValueKind.String && long.TryParse(value.GetString(), System.Globalization.CultureInfo.InvariantCulture, out _),
        "number" => value.ValueKind == JsonValueKind.Number || (value.ValueKind == JsonValueKind.String && double.TryParse(value.GetString(), System.Globalization.CultureInfo.InvariantCulture, out _)),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "array" => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String),
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => true,
    };

    private static string Excerpt(JsonElement value) => value.GetRawText() is { Length: <= LongestExcerpt } text ? text : value.GetRawText()[..LongestExcerpt] + "…";

    private static RequestException Refused(string message) => new(RequestException.BadRequestCode, message);
}
