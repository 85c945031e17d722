using System.Text.Json;
using System.Text.RegularExpressions;

namespace OvermindGui.Web.Live;

/// <summary>The fields of a line that is a JSON object or logfmt, one below the other: <c>user.id</c> and its value.</summary>
public static partial class LineFields
{
    private const int Most = 500;
    private const int MostDepth = 12;

    /// <summary>Empty for a line that consists of something else.</summary>
    public static IReadOnlyList<(string Name, string Value)> Of(string text)
    {
        if (text.AsSpan().Trim() is ['{', .., '}']) return OfJson(text);
        return FieldMarkup.IsLikely(text) ? [.. Logfmt().Matches(text).Take(Most).Select(m => (m.Groups["name"].Value, Unquoted(m.Groups["value"].Value)))] : [];
    }

    private static List<(string Name, string Value)> OfJson(string text)
    {
        var fields = new List<(string, string)>();
        try
        {
            using var json = JsonDocument.Parse(text);
            Add(fields, "", json.RootElement, 0);
        }
        catch (JsonException)
        {
            // it only looks like JSON
        }

        return fields;
    }

    private static void Add(List<(string Name, string Value)> fields, string name, JsonElement value, int depth)
    {
        if (fields.Count >= Most) return;
        if (value.ValueKind == JsonValueKind.Object && depth < MostDepth)
            foreach (var field in value.EnumerateObject()) Add(fields, name.Length == 0 ? field.Name : $"{name}.{field.Name}", field.Value, depth + 1);
        else
            fields.Add((name, value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()));
    }

    private static string Unquoted(string value) => value is ['"', .. var inside, '"'] ? inside.Replace("\\\"", "\"", StringComparison.Ordinal) : value;

    [GeneratedRegex("""(?<![^\s])(?<name>[A-Za-z_][\w.-]*)=(?<value>"(?:[^"\\]|\\.)*"|\S*)""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex Logfmt();
}
