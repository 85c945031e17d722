using OvermindGui.Web.Components.Processes;

namespace OvermindGui.Web.Components.Layout;

/// <summary>Something that the page can do: an entry of its menu, of the palette and of the phone's More.</summary>
/// <param name="Text">What it does, as a command: <c>Restart dashboard</c>.</param>
/// <param name="TestId">A short name, unique among all.</param>
public sealed record PageAction(string Text, string TestId, Func<Task> RunAsync)
{
    /// <summary>The icon before the text.</summary>
    public string? Icon { get; init; }

    /// <summary>The colour of the icon, where it is that of a state.</summary>
    public StateTone? Tone { get; init; }

    /// <summary>The keys that do the same, as they are shown.</summary>
    public string? Keys { get; init; }

    /// <summary>Cannot be done now.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>Whether the action stops something that others may be using.</summary>
    public bool IsDangerous { get; init; }
}
