namespace OvermindGui.Web.Components.Log;

/// <summary>Text that was selected in a line.</summary>
/// <param name="Process">The process that printed the line.</param>
/// <param name="IsWholeLine">All of the line, not a chosen part of it.</param>
public sealed record SelectedText(string Process, long LineId, string Text, bool IsWholeLine = false);
