using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Output;

/// <summary>
/// Follows the lines of a filter from a position in the history. Unlike <see cref="OutputTail"/> it never skips lines: a slow reader gets
/// everything, page by page. Not thread-safe.
/// </summary>
public sealed class OutputFollower
{
    private const int MaxAmendments = 10_000;

    private readonly LineFilter _filter;
    private readonly OutputHistory _history;
    private readonly OutputReader _reader;
    private readonly LineChanges _changes;
    private long _amendment;
    private long _cursor;

    /// <param name="count">Number of existing lines to return first; null for all.</param>
    public OutputFollower(OvermindDatabase database, LineFilter filter, long? count, TimeProvider time)
    {
        _filter = filter;
        _history = new OutputHistory(database);
        _reader = new OutputReader(database, filter);
        _changes = new LineChanges(time);
        // Reads the change log first: a line that changes between the two reads is then read twice instead of missed.
        _amendment = _history.LastAmendment();
        _cursor = _reader.PlaceOfNewest(count, _history.LastId());
    }

    /// <summary>
    /// The lines to print now, read lazily: new lines in id order, then changed lines that have become stable. Read the sequence to its end
    /// before the next call.
    /// </summary>
    public IEnumerable<FollowedLine> Read()
    {
        NoteChanges();
        // A writer's ids become visible in order, so all lines up to this one are present, for all processes.
        var last = _history.LastId();
        foreach (var line in _reader.Read(_cursor, last))
        {
            _cursor = line.Id;
            _changes.Printed(line);
            yield return new FollowedLine(line, Amended: false);
        }

        _cursor = Math.Max(_cursor, last);
        foreach (var line in _changes.TakeRested())
        {
            if (!_filter.Matches(line)) continue;
            _changes.Printed(line);
            yield return new FollowedLine(line, Amended: true);
        }
    }

    private void NoteChanges()
    {
        (var amended, _amendment, var missed) = _history.AmendedAfter(_amendment, _cursor, MaxAmendments);
        // Too many changes, or they are no longer in the log: any remembered line may have changed.
        if (missed) amended = [.. _history.Before(_cursor + 1, _filter.Processes, LineChanges.Remembered).Where(_changes.Knows)];
        foreach (var line in amended) _changes.Changed(line);
    }
}

/// <summary>A line to print.</summary>
/// <param name="Amended">True for an existing line that has changed.</param>
public readonly record struct FollowedLine(OutputLine Line, bool Amended);
