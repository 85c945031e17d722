using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;

namespace OvermindGui.Core.Output;

/// <summary>Which lines a reader wants to see: those of the chosen processes and levels that match every one of the texts.</summary>
public sealed record LineFilter(ProcessFilter Processes)
{
    public static LineFilter Everything { get; } = new(ProcessFilter.Everything);

    /// <summary>A line must match all of them.</summary>
    public IReadOnlyList<TextMatch> Texts { get; private init; } = [];

    /// <summary>The levels that are shown.</summary>
    public LevelSet Levels { get; init; }

    /// <summary>Whether more of a line matters than who printed it.</summary>
    public bool AsksForContent => Texts.Count > 0 || !Levels.IsAll;

    public bool IsEverything => Processes.IsEverything && !AsksForContent;

    /// <summary>Of the same lines those that hold one more text, in any case; an empty one asks for nothing.</summary>
    public LineFilter With(string text) => text.Length == 0 ? this : With(new TextMatch(text));

    /// <summary>Of the same lines those that match one more text.</summary>
    public LineFilter With(TextMatch text) => this with { Texts = [.. Texts, text] };

    public bool Equals(LineFilter? other) =>
        other is not null && Processes == other.Processes && Levels == other.Levels && Texts.SequenceEqual(other.Texts);

    public override int GetHashCode() => Texts.Aggregate(HashCode.Combine(Processes, Levels), HashCode.Combine);
}
