using Microsoft.AspNetCore.Components;
using OvermindGui.Core.Registry;

namespace OvermindGui.Web.Components.Projects;

/// <summary>The ways to the page of all projects, and to those of others.</summary>
internal static class ProjectsAddress
{
    /// <summary>Goes to all projects. What a dashboard shows is in its query, which goes along for the way back.</summary>
    public static void Show(NavigationManager navigation)
    {
        if (IsAmongOthers(navigation)) navigation.NavigateTo("/", forceLoad: true);
        else navigation.NavigateTo($"projects{new Uri(navigation.Uri).Query}");
    }

    /// <summary>The dashboard of a project, the one on this port first; null when none serves.</summary>
    public static Uri? Of(ProjectReport project, NavigationManager navigation)
    {
        var here = new Uri(navigation.BaseUri);
        return project.Dashboards.FirstOrDefault(d => d.Port == here.Port) is { } beside ? new Uri(here, beside.AbsolutePath) : project.Dashboards is [var first, ..] ? first : null;
    }

    // One dashboard for all projects has them below paths.
    private static bool IsAmongOthers(NavigationManager navigation) => new Uri(navigation.BaseUri).AbsolutePath != "/";
}
