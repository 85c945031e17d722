namespace OvermindGui.Web.Components.Environments;

/// <summary>Ways to the page that explains processes and back. What the dashboard shows is in its query, which therefore goes along.</summary>
internal static class EnvironmentAddress
{
    /// <param name="process">Null for all.</param>
    public static string Of(string current, string? process = null) =>
        $"environment{(process is null ? "" : $"/{Uri.EscapeDataString(process)}")}{new Uri(current).Query}";

    public static string Dashboard(string current) => $"./{new Uri(current).Query}";
}
