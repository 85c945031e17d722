using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;

namespace OvermindGui.Hub.Reading;

/// <summary>Which lines of the hub are meant. An empty list means all.</summary>
public sealed record HubLineFilter
{
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Names of projects, or their numbers in the hub.</summary>
    public IReadOnlyList<string> Projects { get; init; } = [];

    public IReadOnlyList<string> Processes { get; init; } = [];

    public LevelSet Levels { get; init; }

    /// <summary>A line must match all of them. Expressions are PostgreSQL's.</summary>
    public IReadOnlyList<TextMatch> Texts { get; init; } = [];

    /// <summary>Only lines of this run. Its number is of one project.</summary>
    public long? Run { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long? Since { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long? Until { get; init; }

    public bool Equals(HubLineFilter? other) => other is not null && Hosts.SequenceEqual(other.Hosts) && Projects.SequenceEqual(other.Projects)
        && Processes.SequenceEqual(other.Processes) && Levels == other.Levels && (Run, Since, Until) == (other.Run, other.Since, other.Until) && Texts.SequenceEqual(other.Texts);

    public override int GetHashCode() => HashCode.Combine(Hosts.Count, Projects.Count, Processes.Count, Levels, Run, Since, Until, Texts.Count);

    /// <summary>Whether each line has to be looked at, because no index knows which are meant.</summary>
    public bool Searches => Texts.Count > 0;
}

/// <summary>What was asked for cannot be answered: a name is unknown, or an expression is none.</summary>
public sealed class HubRequestException(string message, bool isUnknown = false) : Exception(message)
{
    /// <summary>Whether a name is unknown.</summary>
    public bool IsUnknown => isUnknown;
}
