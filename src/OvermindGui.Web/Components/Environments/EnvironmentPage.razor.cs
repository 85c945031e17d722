using Microsoft.AspNetCore.Components;
using OvermindGui.Core.Project;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Environments;

/// <summary>Explains each process: what it runs, by which rules, and which file set each of its variables.</summary>
public sealed partial class EnvironmentPage(PlanReader plans, NavigationManager navigation, ProjectFolder folder)
{
    private ProjectPlan _plan = null!;

    /// <summary>Of one process, or all instances of an entry; null for all.</summary>
    [Parameter] public string? Name { get; set; }

    private NavigationManager Navigation => navigation;

    private ProjectFolder Folder => folder;

    private IReadOnlyList<PlannedProcess> Processes =>
        Name is null ? _plan.Processes : [.. _plan.Processes.Where(p => p.Name == Name || p.Entry == Name)];

    protected override void OnInitialized() => Read();

    private void Read() => _plan = plans.Read();

    private static string Missing(string path) => File.Exists(path) ? "" : " (does not exist)";
}
