using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;

namespace OvermindGui.Core.Output;

/// <summary>Which lines a reader asks for.</summary>
public sealed record OutputQuery
{
    public ProcessFilter Processes { get; init; } = ProcessFilter.Everything;

    /// <summary>Only lines that were read at this time or later, Unix milliseconds.</summary>
    public long? Since { get; init; }

    public LinePattern? Pattern { get; init; }

    /// <summary>Only lines of these levels.</summary>
    public LevelSet Levels { get; init; }

    /// <summary>Whether a line has to be read to know whether it is asked for.</summary>
    public bool AsksForContent => Pattern is not null || !Levels.IsAll;

    /// <summary>True for a line that is asked for.</summary>
    /// <exception cref="System.Text.RegularExpressions.RegexMatchTimeoutException">The pattern takes too long on it.</exception>
    public bool Matches(OutputLine line) =>
        Processes.Shows(line.Process) && !(line.Time < Since) && Levels.Shows(line.Level) && Pattern?.Matches(line.Content.Text) != false;
}
