using System.Text.RegularExpressions;

namespace OvermindGui.Core.Secrets;

/// <summary>Texts of a settings file with variables such as <c>${SLACK_URL}</c> where a secret is; they are expanded when the text is used.</summary>
public static partial class Placeholders
{
    /// <summary>The names in a text.</summary>
    public static IEnumerable<string> NamesIn(string text) => Pattern().Matches(text).Select(match => match.Groups[1].Value);

    /// <summary>The text with the variables' values; null when one is not set or empty.</summary>
    /// <param name="missing">Its name.</param>
    public static string? Expand(string text, Func<string, string?> variable, out string missing)
    {
        var lacking = "";
        var expanded = Pattern().Replace(text, match =>
        {
            if (variable(match.Groups[1].Value) is { Length: > 0 } value) return value;
            lacking = match.Groups[1].Value;
            return "";
        });
        missing = lacking;
        return lacking.Length == 0 ? expanded : null;
    }

    [GeneratedRegex(@"\$\{([A-Za-z_][A-Za-z0-9_]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
