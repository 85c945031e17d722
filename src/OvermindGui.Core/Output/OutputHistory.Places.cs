using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Output;

/// <summary>Finds positions in the history without reading the lines in between.</summary>
public sealed partial class OutputHistory
{
    /// <summary>Every process that has ever had output or a run here, in order of first appearance.</summary>
    public IReadOnlyList<string> ProcessNames()
    {
        using var connection = Open();
        return [.. _names.OrderBy(n => n.Key).Select(n => n.Value)];
    }

    /// <summary>Number of stored lines of each process, and the ids of its oldest and newest, 0 when there is none.</summary>
    public IReadOnlyList<OutputExtent> Extents()
    {
        using var connection = Open();
        return [.. connection.KnownProcesses().Select(process => connection.Query(
            """
            SELECT (SELECT min(id) FROM lines WHERE process_id = $1 AND id > $2), (SELECT max(id) FROM lines WHERE process_id = $1 AND id > $2)
            """,
            row => new OutputExtent(process.Name, process.LineCount, row.Nullable<long>(0), row.Nullable<long>(1)),
            process.Id, process.ClearedId)[0])];
    }

    /// <summary>
    /// The newest lines of every process up to an id, at most <paramref name="count"/> of each, in id order. Omits the oldest ones when all
    /// texts together exceed <paramref name="maxCharacters"/>.
    /// </summary>
    public IReadOnlyList<OutputLine> NewestOfEach(int count, long upTo, int maxCharacters)
    {
        using var connection = Open();
        var newest = SortedMerge.Of(Shown(ProcessFilter.Everything).Select(process => connection.Stream(
            $"{Columns} WHERE process_id = $1 AND id > $2 AND id <= $3 ORDER BY id DESC LIMIT $4",
            row => ToLine(connection, row), process, Cleared.UpTo(process), upTo, count)), line => line.Id, descending: true);
        List<OutputLine> lines = [.. newest.TakeWhile(line => (maxCharacters -= line.Content.Text.Length) >= 0)];
        lines.Reverse();
        return lines;
    }

    /// <summary>Id of the <paramref name="count"/>th newest shown line up to an id, or null when there are fewer.</summary>
    public long? NewestId(ProcessFilter filter, long count, long upTo)
    {
        using var connection = Open();
        if (IsPlain(filter, after: 0))
            return (long?)connection.Scalar("SELECT id FROM lines WHERE id <= $1 ORDER BY id DESC LIMIT 1 OFFSET $2", upTo, count - 1);

        // A covering index answers this: ten million lines are counted without reading one.
        const string Newest = "SELECT id FROM lines WHERE process_id = $1 AND id <= $2 AND id > $4 ORDER BY id DESC LIMIT $3";
        var ids = Shown(filter).Select(
            process => connection.Stream(Newest, row => row.GetInt64(0), process, upTo, count, Cleared.UpTo(process)));
        long seen = 0;
        foreach (var id in SortedMerge.Of(ids, id => id, descending: true))
            if (++seen == count) return id;
        return null;
    }

    /// <summary>The highest id up to the given one whose line was read before a time, 0 when there is none.</summary>
    /// <remarks>Binary search: ids increase with time unless the clock is set back.</remarks>
    public long LastIdBefore(long time, long upTo)
    {
        using var connection = Open();
        var (before, notBefore) = (0L, upTo + 1);
        while (notBefore - before > 1)
        {
            var middle = before + (notBefore - before) / 2;
            var found = connection.Query(
                "SELECT id, time FROM lines WHERE id >= $1 AND id < $2 ORDER BY id LIMIT 1",
                row => (Id: row.GetInt64(0), Time: row.GetInt64(1)), middle, notBefore);
            if (found is [var line] && line.Time < time) before = line.Id;
            else notBefore = middle;
        }

        return before;
    }
}

/// <summary>Statistics of the stored output of a process.</summary>
public sealed record OutputExtent(string Process, long LineCount, long FirstId, long LastId);
