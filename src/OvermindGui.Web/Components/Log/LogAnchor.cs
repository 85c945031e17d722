namespace OvermindGui.Web.Components.Log;

/// <summary>A line and its height in the view.</summary>
internal sealed record LogAnchor(long Id, double Top);
