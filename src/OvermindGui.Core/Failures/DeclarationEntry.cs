using System.Text.Json;
using System.Text.Json.Nodes;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Failures;

/// <summary>
/// One entry of a process's list: a text, or an object with <c>pattern</c> and optionally <c>action</c> and <c>regex</c>.
/// </summary>
internal static class DeclarationEntry
{
    private const string Pattern = "pattern";
    private const string Action = "action";
    private const string Regex = "regex";

    /// <summary>Null when the entry is invalid; adds everything that is wrong with it to <paramref name="problems"/>.</summary>
    public static FailureDeclaration? Read(JsonElement entry, List<string> problems)
    {
        var declaration = entry.ValueKind switch
        {
            JsonValueKind.String when Text(entry) is { } text => new FailureDeclaration(text),
            JsonValueKind.Object => ReadObject(entry, problems),
            _ => AddError($"""expected a text or an object with "{Pattern}", found {Kind(entry)}""", problems),
        };
        if (declaration?.FindProblem() is not { } problem) return declaration;
        problems.Add(problem);
        return null;
    }

    /// <summary>Converts a node that was validated before.</summary>
    public static FailureDeclaration Of(JsonNode node) => Read(node.Deserialize<JsonElement>(), [])!;

    /// <summary>Writes a plain text if that is sufficient.</summary>
    public static JsonNode Create(FailureDeclaration declaration)
    {
        if (declaration is { Action: null, IsRegex: false }) return JsonValue.Create(declaration.Pattern);
        var entry = new JsonObject { [Pattern] = declaration.Pattern };
        if (declaration.Action is { } action) entry[Action] = action.ToText();
        if (declaration.IsRegex) entry[Regex] = true;
        return entry;
    }

    /// <summary>The same entry with another action; keeps its other fields.</summary>
    public static JsonNode WithAction(JsonNode entry, FailureAction action)
    {
        var changed = entry is JsonObject known ? known.DeepClone().AsObject() : new JsonObject { [Pattern] = entry.DeepClone() };
        changed[Action] = action.ToText();
        return changed;
    }

    /// <summary>The entry with another declaration; keeps its other fields.</summary>
    public static JsonNode Changed(JsonNode entry, FailureDeclaration declaration)
    {
        if (entry is not JsonObject known) return Create(declaration);
        var changed = known.DeepClone().AsObject();
        changed[Pattern] = declaration.Pattern;
        if (declaration.Action is { } action) changed[Action] = action.ToText();
        else changed.Remove(Action);
        if (declaration.IsRegex) changed[Regex] = true;
        else changed.Remove(Regex);
        return changed;
    }

    /// <summary>Describes a value for messages.</summary>
    public static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => Text(value) is null ? "a text with half of a character" : "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => value.ValueKind == JsonValueKind.True ? "true" : "false",
    };

    private static FailureDeclaration? ReadObject(JsonElement entry, List<string> problems)
    {
        var before = problems.Count;
        foreach (var name in entry.EnumerateObject().GroupBy(p => p.Name).Where(g => g.Count() > 1).Select(g => g.Key))
            problems.Add($"\"{name}\" is there twice");

        string? pattern = null;
        FailureAction? action = null;
        var isRegex = false;
        if (!entry.TryGetProperty(Pattern, out var given)) problems.Add($"\"{Pattern}\" is missing");
        else if ((pattern = Text(given)) is null) problems.Add($"\"{Pattern}\": expected a text, found {Kind(given)}");
        if (entry.TryGetProperty(Action, out given) && given.ValueKind != JsonValueKind.Null && (action = FailureActions.Parse(Text(given))) is null)
            problems.Add($"\"{Action}\": expected {FailureActions.Accepted}, found {(Text(given) is { } word ? $"\"{word}\"" : Kind(given))}");
        if (entry.TryGetProperty(Regex, out given) && given.ValueKind is not (JsonValueKind.Null or JsonValueKind.False)
            && !(isRegex = given.ValueKind == JsonValueKind.True))
            problems.Add($"\"{Regex}\": expected true or false, found {Kind(given)}");
        return problems.Count == before ? new FailureDeclaration(pattern!, action, isRegex) : null;
    }

    // Null for a value that is not a string, and for a string with an unpaired surrogate (such as a lone "\ud83d").
    private static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static FailureDeclaration? AddError(string problem, List<string> problems)
    {
        problems.Add(problem);
        return null;
    }
}
