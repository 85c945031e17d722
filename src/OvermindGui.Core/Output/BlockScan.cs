using System.Text;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Output;

/// <summary>
/// Says which ranges of ids may hold a match, so that only those are read line by line: first by the filters of settled lines
/// (<see cref="TrigramFilter"/>), then by a look at the joined texts of 512 lines.
/// </summary>
internal sealed class BlockScan : IDisposable
{
    private const int LinesAtOnce = 512;

    private readonly SqliteConnection _connection;
    private readonly JoinedLines _lines;
    private readonly List<TextNeedle> _needles;
    private readonly TextMatch? _expression;
    private char[] _characters = [];

    private BlockScan(SqliteConnection connection, IEnumerable<string> conditions, List<TextNeedle> needles, TextMatch? expression) =>
        (_connection, _lines, _needles, _expression) = (connection, new JoinedLines(connection, conditions), needles, expression);

    /// <summary>Null when no text decides in this way.</summary>
    /// <param name="conditions">On the other columns, without parameters.</param>
    public static BlockScan? Create(SqliteConnection connection, IReadOnlyList<TextMatch> texts, IEnumerable<string> conditions)
    {
        List<TextNeedle> needles = [.. texts.Select(TextNeedle.Of).OfType<TextNeedle>().OrderByDescending(needle => needle.Length)];
        var expression = needles.Count == 0 ? texts.FirstOrDefault(text => text is { Excludes: false, IsRegex: true, CanTakeLong: false }) : null;
        return needles.Count == 0 && expression is null ? null : new BlockScan(connection, conditions, needles, expression);
    }

    /// <summary>The ranges between two ids that may hold a match; all ends are exclusive.</summary>
    public IEnumerable<(long After, long Before)> Ranges(long after, long before, bool newestFirst)
    {
        var open = NotExcluded(after, before);
        if (newestFirst) open.Reverse();
        return open.SelectMany(range => Parts(range.After, range.Before, newestFirst)).Where(part => MayMatch(part.After, part.Before));
    }

    public void Dispose() => _lines.Dispose();

    private static IEnumerable<(long After, long Before)> Parts(long after, long before, bool newestFirst)
    {
        while (before - after > 1)
        {
            var part = newestFirst ? (Math.Max(after, before - 1 - LinesAtOnce), before) : (after, Math.Min(before, after + 1 + LinesAtOnce));
            yield return part;
            if (newestFirst) before = part.Item1 + 1;
            else after = part.Item2 - 1;
        }
    }

    // Without the lines of filters that exclude a match.
    private List<(long After, long Before)> NotExcluded(long after, long before)
    {
        uint[] trigrams = [.. _needles.SelectMany(needle => needle.Trigrams).Distinct()];
        if (trigrams.Length == 0 || _connection.Scalar("SELECT 1 FROM sqlite_schema WHERE name = 'search_filters'") is null) return [(after, before)];
        var open = new List<(long, long)>();
        foreach (var (block, mayHold) in _connection.Stream(
            "SELECT id, filter FROM search_filters WHERE id >= $1 AND id <= $2 ORDER BY id",
            row => (Block: row.GetInt64(0), MayHold: TrigramFilter.MayHold(row.GetFieldValue<byte[]>(1), trigrams)),
            TrigramFilter.BlockOf(after + 1), TrigramFilter.BlockOf(before - 1)))
        {
            if (mayHold) continue;
            var excluded = TrigramFilter.RangeOf(block);
            if (excluded.After - after >= 1) open.Add((after, excluded.After + 1));
            after = Math.Max(after, excluded.Before - 1);
        }

        if (before - after > 1) open.Add((after, before));
        return open;
    }

    private bool MayMatch(long after, long before) => _lines.Read(after, before, (texts, _) => MayMatch(texts));

    private bool MayMatch(ReadOnlySpan<byte> texts)
    {
        if (_expression is null)
        {
            foreach (var needle in _needles)
                if (!needle.IsIn(texts)) return false;
            return true;
        }

        if (_characters.Length < texts.Length) _characters = new char[texts.Length];
        return _expression.MayBeInAnyOf(_characters.AsSpan(0, Encoding.UTF8.GetChars(texts, _characters)));
    }
}
