namespace OvermindGui.Web.Components.Menus;

/// <summary>A line of a menu; null in a list of them is a rule between groups.</summary>
/// <param name="Text">What it says; it may be text of a process's output.</param>
/// <param name="TestId">A short name, unique in its menu.</param>
public sealed record MenuEntry(string Text, string TestId, Func<Task> Act)
{
    public string? Icon { get; init; }

    public bool IsDisabled { get; init; }
}
