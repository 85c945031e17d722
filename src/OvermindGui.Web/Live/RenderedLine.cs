using OvermindGui.Core.Levels;

namespace OvermindGui.Web.Live;

/// <summary>A line as markup, rendered once for all readers.</summary>
/// <param name="Html">A whole element; only <see cref="LineRenderer"/> makes it.</param>
public sealed record RenderedLine(long Id, string Process, string Html)
{
    public LineLevel Level { get; init; }

    /// <summary>It belongs to the line before, as a frame of a stack trace does.</summary>
    public bool Continues { get; init; }
}
