using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace OvermindGui.Web.Components.Processes;

/// <summary>Ways to the page that compares two runs and back. What the dashboard shows is in its query, which therefore goes along.</summary>
internal static class CompareAddress
{
    public const string Left = "left";
    public const string Right = "right";

    private static readonly string[] Own = [Left, Right];

    /// <param name="left">The id of a run; null for the one before the other.</param>
    /// <param name="right">The id of a run; null for the newest.</param>
    public static string Of(string current, string process, long? left = null, long? right = null) => QueryHelpers.AddQueryString(
        $"compare/{Uri.EscapeDataString(process)}{Rest(current)}", new Dictionary<string, string?> { [Left] = Text(left), [Right] = Text(right) }.Where(pair => pair.Value is not null));

    public static string Dashboard(string current) => $"./{Rest(current)}";

    private static string Rest(string current) => QueryHelpers.AddQueryString(
        "", QueryHelpers.ParseQuery(new Uri(current).Query).Where(pair => !Own.Contains(pair.Key)));

    private static string? Text(long? id) => id?.ToString(CultureInfo.InvariantCulture);
}
