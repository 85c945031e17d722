using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Output;

/// <summary>Which lines a person wants to see: those of the chosen processes that hold every one of the texts, in any case.</summary>
public sealed record LineFilter(ProcessFilter Processes)
{
    public static LineFilter Everything { get; } = new(ProcessFilter.Everything);

    /// <summary>All of them must be in a line.</summary>
    public IReadOnlyList<TextMatch> Texts { get; private init; } = [];

    /// <summary>Whether the text of a line matters at all.</summary>
    public bool AsksForText => Texts.Count > 0;

    public bool IsEverything => Processes.IsEverything && !AsksForText;

    /// <summary>Of the same lines those that hold one more text; an empty one asks for nothing.</summary>
    public LineFilter With(string text) => text.Length == 0 ? this : this with { Texts = [.. Texts, new TextMatch(text)] };

    public bool Equals(LineFilter? other) => other is not null && Processes == other.Processes && Texts.SequenceEqual(other.Texts);

    public override int GetHashCode() => Texts.Aggregate(Processes.GetHashCode(), HashCode.Combine);
}
