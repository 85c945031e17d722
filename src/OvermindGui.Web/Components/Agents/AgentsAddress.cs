namespace OvermindGui.Web.Components.Agents;

/// <summary>The way to the page about agents. What the dashboard shows is in its query, which therefore goes along.</summary>
internal static class AgentsAddress
{
    public static string Of(string current) => $"agents{new Uri(current).Query}";
}
