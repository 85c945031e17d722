using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Registry;
using OvermindGui.Web.Components.Frames;
using OvermindGui.Web.Configuration;

namespace OvermindGui.Web.Components.Projects;

/// <summary>All projects of the user: how they are, and buttons to start, stop and open them.</summary>
public sealed partial class ProjectsPage(
    ProjectsAccess access, ProjectsOffer offer, NavigationManager navigation, IDialogService dialogs, TimeProvider time) : IDisposable
{
    private const int MostPorts = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Lifetime _lifetime = new();
    private readonly HashSet<string> _busy = [];
    private readonly Dictionary<string, string> _failures = [];
    private IReadOnlyList<ProjectReport>? _projects;
    private string? _problem;

    private TimeProvider Time => time;

    // The page of all projects belongs to none.
    private string? Dashboard => offer.Own is null ? null : $"./{new Uri(navigation.Uri).Query}";

    private Uri? AddressOf(ProjectReport project) => IsThis(project) ? null : ProjectsAddress.Of(project, navigation);

    /// <summary>Ends the looking.</summary>
    public void Dispose()
    {
        _lifetime.Dispose();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _ = FollowAsync(_lifetime.Token);
    }

    private async Task FollowAsync(CancellationToken token)
    {
        try
        {
            while (true)
            {
                await ReadAsync(token);
                await Task.Delay(Pause, time, token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or JSDisconnectedException or ObjectDisposedException)
        {
            // the page was left
        }
    }

    private async Task ReadAsync(CancellationToken token)
    {
        try
        {
            if (await access.EnterAsync() is { } projects) (_projects, _problem) = (await projects.ReadAsync(token), null);
            else (_projects, _problem) = (null, access.Refusal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _problem = $"The list of projects cannot be read: {e.Message}";
        }

        await InvokeAsync(StateHasChanged);
    }

    private bool IsThis(ProjectReport project) => offer.Own is { } own && project.Folder == own.Root && (project.Data ?? project.Folder) == own.Data;

    private Task StartAsync(ProjectReport project) => ActAsync(project, (projects, registered) => projects.StartAsync(registered, CancellationToken.None));

    private async Task StopAsync(ProjectReport project)
    {
        var ends = IsThis(project) ? "This ends its processes, its daemon and this dashboard." : "This ends its processes and its daemon.";
        if (await dialogs.ShowMessageBoxAsync($"Stop {project.Name}?", $"{ends} The stored output stays.", yesText: "Stop", cancelText: "Cancel") != true) return;
        await ActAsync(project, (projects, registered) => projects.StopAsync(registered, Initiator.Page, CancellationToken.None));
    }

    private Task OpenAsync(ProjectReport project) => ActAsync(project, async (projects, registered) =>
    {
        if (AddressOf(project) is { } address)
        {
            navigation.NavigateTo(address.ToString(), forceLoad: true);
            return new CommandOutcome(true, "");
        }

        var outcome = await projects.OpenAsync(registered, CancellationToken.None);
        if (outcome.Succeeded) navigation.NavigateTo(outcome.Message, forceLoad: true);
        return outcome;
    });

    // Not bound to this page: closing the tab must not leave a start or a stop half done.
    private async Task ActAsync(ProjectReport project, Func<UserProjects, RegisteredProject, Task<CommandOutcome>> act)
    {
        if (!_busy.Add(project.Name)) return;
        _failures.Remove(project.Name);
        try
        {
            if (await access.EnterAsync() is not { } projects) return;
            var outcome = projects.Find(project.Name) is { } registered ? await act(projects, registered) : new CommandOutcome(false, "It is no longer in the list");
            if (!outcome.Succeeded) _failures[project.Name] = outcome.Message;
            if (!_lifetime.IsOver) await ReadAsync(_lifetime.Token);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _failures[project.Name] = e.Message;
        }
        finally
        {
            _busy.Remove(project.Name);
        }
    }

    private string AddressOf(int port) => $"http://{new Uri(navigation.BaseUri).Host}:{port}/";

    private static string Sum(IReadOnlyList<ProjectReport> projects)
    {
        var (running, failed) = (projects.Count(p => p.IsRunning), projects.Where(p => p.IsRunning).Sum(p => p.Failed));
        var memory = projects.Sum(p => p.Memory ?? 0);
        return string.Join(" · ", new[] { $"{running} of {projects.Count} running", failed > 0 ? $"{failed} failed" : null, memory > 0 ? ByteSize.Of(memory) : null }.OfType<string>());
    }
}
