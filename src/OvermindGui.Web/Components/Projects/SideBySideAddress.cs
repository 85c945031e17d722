using Microsoft.AspNetCore.Http.HttpResults;
using OvermindGui.Web.Configuration;

namespace OvermindGui.Web.Components.Projects;

/// <summary>
/// The address of several projects beside each other: <c>/side-by-side?show=shop&amp;show=billing:api,worker</c>, with the processes of a project behind its name.
/// </summary>
internal static class SideBySideAddress
{
    /// <summary>More have no room beside each other.</summary>
    public const int Most = 4;

    /// <summary>Answers the address.</summary>
    public static async Task<RazorComponentResult<SideBySide>> ShowAsync(ProjectsOffer offer, string[]? show, CancellationToken cancellationToken)
    {
        var projects = await offer.Projects!.ReadAsync(cancellationToken);
        var asked = (show ?? []).Select(Parse).Where(pane => projects.Any(p => p.Name == pane.Project)).DistinctBy(pane => pane.Project).Take(Most).ToList();
        if (show is null or []) asked = [.. projects.OrderByDescending(p => p.IsRunning).Take(2).Select(p => new ProjectPane(p.Name, ""))];
        return new RazorComponentResult<SideBySide>(new Dictionary<string, object?> { [nameof(SideBySide.Projects)] = projects, [nameof(SideBySide.Panes)] = asked });
    }

    /// <summary>The address of these panes.</summary>
    public static string Of(IEnumerable<ProjectPane> panes) => $"side-by-side?{string.Join('&', panes.Select(pane => $"show={Uri.EscapeDataString(pane.ToString())}").DefaultIfEmpty("show=:"))}";

    private static ProjectPane Parse(string text) => text.Split(':', 2) is [var name, var processes] ? new ProjectPane(name, processes) : new ProjectPane(text, "");
}

/// <summary>A pane that shows a project.</summary>
/// <param name="Processes">Names with commas between them; empty for all.</param>
public sealed record ProjectPane(string Project, string Processes)
{
    /// <summary>The address of its page.</summary>
    public string Address => $"p/{Project}/{(Processes.Length > 0 ? $"?focus={Uri.EscapeDataString(Processes)}" : "")}";

    /// <inheritdoc/>
    public override string ToString() => Processes.Length > 0 ? $"{Project}:{Processes}" : Project;
}
