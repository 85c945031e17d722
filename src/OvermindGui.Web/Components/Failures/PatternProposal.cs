using System.Text.Json;
using System.Text.RegularExpressions;

namespace OvermindGui.Web.Components.Failures;

/// <summary>
/// The part of a line that is worth looking for in others: without the time, the numbers and the ids that are different each time. Of a line
/// of JSON it is the message.
/// </summary>
public static partial class PatternProposal
{
    // Shorter ones would match anything.
    private const int Least = 4;
    private const int Most = 120;

    private static readonly string[] MessageFields = ["msg", "message", "error", "err", "exception", "event", "text"];

    /// <summary>A pattern for lines like this one: always a part of it, and the whole line when nothing in it looks changeable.</summary>
    public static string Of(string line)
    {
        var text = line.Trim();
        if (Message(text) is { } message && text.Contains(message, StringComparison.Ordinal)) text = message;
        var parts = Changeable().Split(Level().Replace(Prefix().Replace(text, ""), "")).Select(Tidy).Where(part => part.Length >= Least).ToList();
        var best = parts.OrderByDescending(Weight).FirstOrDefault() ?? text;
        return best.Length <= Most ? best : Tidy(best[..Most]);
    }

    // Words that name an error say more than many that do not.
    private static int Weight(string part) => part.Length + (ErrorWord().IsMatch(part) ? Most : 0);

    private static string Tidy(string part)
    {
        var text = part.Trim(' ', '\t', ',', ';', ':', '-', '|', '"', '\'', '[', ']', '(', ')', '{', '}', '<', '>', '#', '/');
        return DanglingKey().Replace(text, "").Trim(' ', ',', ';', '"', '\'');
    }

    private static string? Message(string text)
    {
        if (!text.StartsWith('{')) return null;
        try
        {
            using var document = JsonDocument.Parse(text);
            return MessageFields.Select(field => Find(document.RootElement, field)).FirstOrDefault(found => !string.IsNullOrWhiteSpace(found));
        }
        catch (JsonException)
        {
            return null; // only looks like it
        }
    }

    private static string? Find(JsonElement element, string field) =>
        !element.TryGetProperty(field, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : value.ValueKind == JsonValueKind.Object ? Find(value, "message")
        : null;

    // A time or a date at the beginning.
    [GeneratedRegex(@"^[\[(]?\d{4}-\d\d-\d\d[T ]?[\d:.,+Zz-]*[\])]?\s*|^[\[(]?\d\d:\d\d:\d\d[.,\d]*[\])]?\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Prefix();

    // [E], [warn]
    [GeneratedRegex(@"^\[[A-Za-z]{1,8}\]\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Level();

    // UUIDs, addresses, hexadecimal ids, quoted values with digits, numbers with their units.
    [GeneratedRegex(
        @"[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}|0x[0-9a-fA-F]+|\b(?=[0-9a-fA-F]*\d)[0-9a-fA-F]{8,}\b|\b[A-Za-z]+[_-]\d+\b|\d[\d.,:]*(?:\s?(?:ms|s|us|µs|ns|KB|MB|GB|B|%))?\b|\d+",
        RegexOptions.CultureInvariant)]
    private static partial Regex Changeable();

    // order= at the end of what was cut.
    [GeneratedRegex(@"\s[\w.-]+\s?[=:]$", RegexOptions.CultureInvariant)]
    private static partial Regex DanglingKey();

    [GeneratedRegex("error|fail|fatal|panic|exception|refused|denied|declined|timeout|abort|cannot|unable", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ErrorWord();
}
