namespace OvermindGui.Core.Levels;

/// <summary>What is recognised of a line once, when it is stored.</summary>
/// <param name="Level">The level that it names; a line that continues another has the level of that one.</param>
/// <param name="Continues">Whether it belongs to the line before it, as a frame of a stack trace does.</param>
public readonly record struct LineTraits(LineLevel Level, bool Continues)
{
    /// <summary>Of a line of which nothing was recognised.</summary>
    public static LineTraits Neutral => default;
}
