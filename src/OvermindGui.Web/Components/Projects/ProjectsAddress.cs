namespace OvermindGui.Web.Components.Projects;

/// <summary>The way to the page of all projects. What the dashboard shows is in its query, which therefore goes along.</summary>
internal static class ProjectsAddress
{
    public static string Of(string current) => $"projects{new Uri(current).Query}";
}
