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

    /// <summary>A text that the line contains, in any case.</summary>
    public string? Text { get; init; }

    /// <summary>A regular expression of PostgreSQL that matches the line, in any case.</summary>
    public string? Regex { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long? Since { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long? Until { get; init; }

    /// <summary>Whether each line has to be looked at, because no index knows which are meant.</summary>
    public bool Searches => Text is not null || Regex is not null;
}

/// <summary>What was asked for cannot be answered: a name is unknown, or an expression is none.</summary>
public sealed class HubRequestException(string message, bool isUnknown = false) : Exception(message)
{
    /// <summary>Whether a name is unknown.</summary>
    public bool IsUnknown => isUnknown;
}
