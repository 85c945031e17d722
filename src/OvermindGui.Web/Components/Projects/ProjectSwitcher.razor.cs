using Microsoft.AspNetCore.Components;
using MudBlazor;
using OvermindGui.Core.Project;
using OvermindGui.Core.Registry;

namespace OvermindGui.Web.Components.Projects;

/// <summary>The name of the project in the top bar, and the way to the user's other projects.</summary>
public sealed partial class ProjectSwitcher(ProjectsAccess access, ProjectFolder folder, NavigationManager navigation, ISnackbar snackbar)
{
    private IReadOnlyList<ProjectReport>? _projects;
    private string? _problem;

    private ProjectsAccess Access => access;

    private ProjectFolder Folder => folder;

    private async Task OpenedAsync(bool open)
    {
        if (!open) return;
        (_projects, _problem) = (null, null);
        try
        {
            if (await access.EnterAsync() is { } projects) _projects = await projects.ReadAsync(CancellationToken.None);
            else _problem = access.Refusal;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _problem = $"The list cannot be read: {e.Message}";
        }
    }

    private bool IsThis(ProjectReport project) => project.Folder == folder.Root && (project.Data ?? project.Folder) == folder.Data;

    // What has no dashboard gets one, and what does not run is started on the page of all projects.
    private async Task GoAsync(ProjectReport project)
    {
        if (ProjectsAddress.Of(project, navigation) is { } address)
        {
            navigation.NavigateTo(address.ToString(), forceLoad: true);
            return;
        }

        if (!project.IsRunning)
        {
            ShowAll();
            return;
        }

        if (await access.EnterAsync() is not { } projects || projects.Find(project.Name) is not { } registered) return;
        var outcome = await projects.OpenAsync(registered, CancellationToken.None);
        if (outcome.Succeeded) navigation.NavigateTo(outcome.Message, forceLoad: true);
        else snackbar.Add($"{project.Name} cannot be opened: {outcome.Message}", Severity.Error);
    }

    private void ShowAll() => ProjectsAddress.Show(navigation);
}
