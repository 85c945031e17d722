using Microsoft.JSInterop;
using OvermindGui.Core.Registry;
using OvermindGui.Web.Configuration;
using OvermindGui.Web.Security;

namespace OvermindGui.Web.Components.Projects;

/// <summary>The user's projects for one open page, once its browser has shown that it belongs to that user (<see cref="OwnUserGuard"/>).</summary>
public sealed class ProjectsAccess(ProjectsOffer offer, ProjectsPass passes, IJSRuntime script)
{
    private bool _isGranted;

    /// <summary>What the script brings back.</summary>
    internal sealed record Reply(string? Pass, string? Refusal);

    /// <summary>Whether this dashboard knows of other projects at all.</summary>
    public bool IsOffered => offer.Projects is not null;

    /// <summary>Why they are not shown; null when they are, and before they were asked for.</summary>
    public string? Refusal { get; private set; }

    /// <summary>The projects; null when they are not shown to this page.</summary>
    public async Task<UserProjects?> EnterAsync()
    {
        if (offer.Projects is not { } projects)
        {
            Refusal = "This dashboard shows no other projects";
            return null;
        }

        if (_isGranted) return projects;
        await using var module = await script.InvokeAsync<IJSObjectReference>("import", "./_content/OvermindGui.Web/js/projects.js");
        var reply = await module.InvokeAsync<Reply>("pass");
        _isGranted = reply.Pass is { } pass && passes.TryUse(pass);
        Refusal = _isGranted ? null : reply.Refusal ?? "The dashboard refused it";
        return _isGranted ? projects : null;
    }
}
