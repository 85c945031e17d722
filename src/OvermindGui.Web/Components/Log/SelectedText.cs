namespace OvermindGui.Web.Components.Log;

/// <summary>Text that a person selected in a line.</summary>
/// <param name="Process">Whose line it is.</param>
public sealed record SelectedText(string Process, long LineId, string Text);
