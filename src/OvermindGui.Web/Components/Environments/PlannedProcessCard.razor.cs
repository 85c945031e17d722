using Microsoft.AspNetCore.Components;
using OvermindGui.Core.Project.Environments;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Web.Components.Environments;

/// <summary>All that is planned for one process.</summary>
public sealed partial class PlannedProcessCard
{
    [Parameter, EditorRequired] public required PlannedProcess Process { get; set; }

    /// <summary>Name of the file.</summary>
    [Parameter, EditorRequired] public required string Procfile { get; set; }

    /// <summary>Whether the variables are unfolded at first.</summary>
    [Parameter] public bool Open { get; set; }

    private IReadOnlyList<KeyValuePair<string, PlannedVariable>> Own { get; set; } = [];

    // PORT variables of the other processes: with many processes a long list that is rarely needed.
    private IReadOnlyList<KeyValuePair<string, PlannedVariable>> Others { get; set; } = [];

    private SecretValues Secrets { get; set; } = null!;

    protected override void OnParametersSet()
    {
        Secrets = new SecretValues(Process.Environment);
        var byName = Process.Environment.OrderBy(v => v.Key, StringComparer.Ordinal).ToLookup(v => ProcessEnvironments.IsPortOfAnother(v.Key, v.Value));
        (Own, Others) = ([.. byName[false]], [.. byName[true]]);
    }

    private static string Seconds(TimeSpan time) => $"{time.TotalSeconds:0.##} s";
}
