using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;

namespace OvermindGui.Core.Output;

/// <summary>Selects the lines to show: those of the chosen processes and levels that match all texts.</summary>
public sealed record LineFilter(ProcessFilter Processes)
{
    public static LineFilter Everything { get; } = new(ProcessFilter.Everything);

    /// <summary>A line must match all of them.</summary>
    public IReadOnlyList<TextMatch> Texts { get; private init; } = [];

    /// <summary>The levels that are shown.</summary>
    public LevelSet Levels { get; init; }

    /// <summary>Only lines read at this time or later, Unix milliseconds.</summary>
    public long? Since { get; init; }

    /// <summary>Only lines read at this time or earlier, Unix milliseconds.</summary>
    public long? Until { get; init; }

    /// <summary>Only lines of this run of a process.</summary>
    public long? Run { get; init; }

    /// <summary>Whether the filter depends on more than the process.</summary>
    public bool AsksForContent => Texts.Count > 0 || !Levels.IsAll || Since is not null || Until is not null || Run is not null;

    public bool IsEverything => Processes.IsEverything && !AsksForContent;

    /// <summary>Adds a text to search for, ignoring case; an empty one changes nothing.</summary>
    public LineFilter With(string text) => text.Length == 0 ? this : With(new TextMatch(text));

    /// <summary>Adds one more text to match.</summary>
    public LineFilter With(TextMatch text) => this with { Texts = [.. Texts, text] };

    /// <summary>Whether the line passes the filter.</summary>
    /// <exception cref="System.Text.RegularExpressions.RegexMatchTimeoutException">
    /// An expression exceeded its time limit on the line.
    /// </exception>
    public bool Matches(OutputLine line) =>
        Processes.Shows(line.Process) && Levels.Shows(line.Level) && !(line.Time < Since) && !(line.Time > Until)
        && (Run is null || line.Run == Run) && Texts.All(text => text.Matches(line.Content.Text));

    public bool Equals(LineFilter? other) => other is not null && Processes == other.Processes && Levels == other.Levels
        && (Since, Until, Run) == (other.Since, other.Until, other.Run) && Texts.SequenceEqual(other.Texts);

    public override int GetHashCode() => Texts.Aggregate(HashCode.Combine(Processes, Levels, Since, Until, Run), HashCode.Combine);
}
