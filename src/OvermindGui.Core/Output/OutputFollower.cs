using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Output;

/// <summary>
/// Follows what a filter asks for, from a place in the history on. Unlike <see cref="OutputTail"/> it never skips: a reader that was
/// away reads all that came meanwhile, page by page. Not thread-safe.
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

    /// <param name="count">How many lines that are there already come first; null for all.</param>
    public OutputFollower(OvermindDatabase database, LineFilter filter, long? count, TimeProvider time)
    {
        _filter = filter;
        _history = new OutputHistory(database);
        _reader = new OutputReader(database, filter);
        _changes = new LineChanges(time);
        // The log of changes first: what changes between the two reads is then looked at again, not missed.
        _amendment = _history.LastAmendment();
        _cursor = _reader.PlaceOfNewest(count, _history.LastId());
    }

    /// <summary>
    /// What is to be printed now, read as it is asked for: new lines in id order, then lines that changed and have come to rest. Read it
    /// to its end before the next call.
    /// </summary>
    public IEnumerable<FollowedLine> Read()
    {
        NoteChanges();
        // A writer's ids become visible in order, so all up to this one are there, whichever process they belong to.
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
        // Too many, or gone from the log: any line that we still know may be another now.
        if (missed) amended = [.. _history.Before(_cursor + 1, _filter.Processes, LineChanges.Remembered).Where(_changes.Knows)];
        foreach (var line in amended) _changes.Changed(line);
    }
}

/// <summary>A line to print.</summary>
/// <param name="Amended">True for a line that was there before and has changed since.</param>
public readonly record struct FollowedLine(OutputLine Line, bool Amended);
