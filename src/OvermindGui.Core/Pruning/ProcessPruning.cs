namespace OvermindGui.Core.Pruning;

/// <summary>What is stored of a process, and what is deleted of it next.</summary>
/// <param name="Lines">Without those that are cleared.</param>
/// <param name="Bytes">What its lines take, about; null while an older daemon runs, which does not count it.</param>
public sealed record ProcessPruning(int Id, string Process, long Lines, long? Bytes)
{
    /// <summary>Time of its oldest line, Unix milliseconds; null without lines.</summary>
    public long? Oldest { get; init; }

    /// <summary>Time of the oldest line that nothing protects, Unix milliseconds.</summary>
    public long? OldestUnprotected { get; init; }

    /// <summary>Lines of pinned runs and around stars: they are deleted last.</summary>
    public long PinnedLines { get; init; }

    /// <summary>Other lines that are kept longer because they explain a crash or an error.</summary>
    public long CrashLines { get; init; }

    /// <summary>Lines beyond the number that is kept.</summary>
    public long TooMany { get; init; }

    /// <summary>Lines that are too old.</summary>
    public long TooOld { get; init; }

    /// <summary>Lines that go because the database is too large; an estimate.</summary>
    public long ForSize { get; init; }

    /// <summary>Lines that are deleted next; an estimate where the size is the reason.</summary>
    public long Due => Math.Max(TooMany, TooOld) + ForSize;

    /// <summary>What a line of it takes, about.</summary>
    internal double BytesPerLine { get; init; }

    /// <summary>The same in bytes, about.</summary>
    public long DueBytes => (long)(Due * BytesPerLine);

    /// <summary>Ranges of ids that are pinned or starred.</summary>
    internal IReadOnlyList<(long First, long Last)> Pinned { get; init; } = [];

    /// <summary>Those, and the ranges around crashes and errors.</summary>
    public IReadOnlyList<(long First, long Last)> Protected { get; init; } = [];
}

/// <summary>The next lines that go because the database is too large.</summary>
/// <param name="Protected">What stays even so.</param>
public sealed record SizeStep(int Process, long Lines, IReadOnlyList<(long First, long Last)> Protected);
