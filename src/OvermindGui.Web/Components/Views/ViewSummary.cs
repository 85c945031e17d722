using System.Globalization;
using OvermindGui.Core.Output;
using OvermindGui.Web.Components.Log;
using OvermindGui.Web.Components.Pages;

namespace OvermindGui.Web.Components.Views;

/// <summary>Says in short what a view shows.</summary>
internal static class ViewSummary
{
    /// <param name="query">The query of the page's address.</param>
    public static string Of(string query) => string.Join(" | ", PageState.Parse($"http://view/?{query}").Panes.Select(Of));

    private static string Of(PaneState pane)
    {
        var query = pane.Query;
        List<string> parts = [pane.Title];
        if (query.Levels.ToText() is { } levels) parts.Add(levels.Replace(",", ", ", StringComparison.Ordinal));
        if (query.Text.Length > 0) parts.Add($"{(query.Filters ? query.Excludes ? "without" : "only" : "marks")} {(query.IsRegex ? $"/{query.Text}/" : $"“{query.Text}”")}");
        if (query.Run is { } run) parts.Add(string.Create(CultureInfo.InvariantCulture, $"run {run}"));
        if (query.Since is { } since) parts.Add($"since {Moment(since)}");
        if (query.Until is { } until) parts.Add($"until {Moment(until)}");
        return string.Join(" · ", parts);
    }

    private static string Moment(long milliseconds) => LineTime.Of(milliseconds).ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
