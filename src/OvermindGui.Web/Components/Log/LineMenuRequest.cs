namespace OvermindGui.Web.Components.Log;

/// <summary>A menu that is asked for at a line.</summary>
/// <param name="Text">What is selected in the line, or all of it.</param>
/// <param name="IsSelection">Whether it is what was selected.</param>
public sealed record LineMenuRequest(long Id, string Process, string Text, bool IsSelection, double X, double Y);
