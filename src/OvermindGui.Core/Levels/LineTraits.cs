namespace OvermindGui.Core.Levels;

/// <summary>The properties detected in a line when it is stored.</summary>
/// <param name="Level">The detected level; a continuation line has the level of the line it continues.</param>
/// <param name="Continues">Whether it belongs to the line before it, as a frame of a stack trace does.</param>
public readonly record struct LineTraits(LineLevel Level, bool Continues)
{
    /// <summary>A line without detected properties.</summary>
    public static LineTraits Neutral => default;
}
