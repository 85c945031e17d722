using Microsoft.AspNetCore.Components;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Web.Components.Processes;

namespace OvermindGui.Web.Components.Layout;

/// <summary>What concerns the whole: which project, how it is, finding anything, and rare actions in a menu.</summary>
public sealed partial class TopBar
{
    /// <summary>Null until the first one was read.</summary>
    [Parameter] public SystemSnapshot? Snapshot { get; set; }

    /// <summary>Whether the process list is open.</summary>
    [Parameter] public bool SidebarOpen { get; set; }

    /// <summary>Opens or closes the process list.</summary>
    [Parameter] public EventCallback ToggleSidebar { get; set; }

    /// <summary>The group of states that the list is narrowed to.</summary>
    [Parameter] public StateGroup? Only { get; set; }

    /// <summary>Another group was chosen, or none.</summary>
    [Parameter] public EventCallback<StateGroup?> OnlyChanged { get; set; }

    /// <summary>The palette is asked for.</summary>
    [Parameter] public EventCallback OpenPalette { get; set; }

    /// <summary>Whether the errors are listed beside the log.</summary>
    [Parameter] public bool ErrorsOpen { get; set; }

    /// <summary>Lists the errors, or closes the list.</summary>
    [Parameter] public EventCallback ToggleErrors { get; set; }

    /// <summary>What the menu offers; null is a rule between groups.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<PageAction?> Actions { get; set; }

    [Inject] private ProjectFolder Folder { get; set; } = null!;

    private bool Alive => Snapshot is { DaemonAlive: true };

    private string LiveText => Alive ? $"The daemon is running (PID {Snapshot!.DaemonPid})" : "The daemon is not running";

    // "Running" is always shown, so that the bar keeps its layout when all is well.
    private IEnumerable<(StateGroup Bucket, int Count)> Counts
    {
        get
        {
            var counts = (Snapshot?.Processes ?? []).CountBy(p => ProcessPresentation.Of(p).Group).ToDictionary();
            foreach (var bucket in Enum.GetValues<StateGroup>())
                if (counts.GetValueOrDefault(bucket) is var count && (count > 0 || (bucket == StateGroup.Running && Snapshot is not null)))
                    yield return (bucket, count);
        }
    }
}
