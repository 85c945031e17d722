using Microsoft.Data.Sqlite;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Pruning;

/// <summary>
/// The output that explains a crash: the last lines before it, and lines with errors among their neighbours. Of a crash loop and of a
/// repeated error only the newest count, so that this stays a small part of a history of any size.
/// </summary>
public static class CrashContexts
{
    /// <summary>Lines that are kept before a crash.</summary>
    public const int TailLines = 200;

    /// <summary>Crashes of a process whose last lines are kept, the newest.</summary>
    public const int MostCrashes = 100;

    /// <summary>Lines of the same error that are kept with their neighbours, the newest.</summary>
    public const int OfEachError = 10;

    private const int MostErrors = 1_000; // kinds
    private const long Margin = 100; // milliseconds between the last line and the recorded end

    private const string OfErrors =
        """
        WITH RECURSIVE
          kind(fingerprint) AS (
            SELECT min(fingerprint) FROM lines WHERE process_id = $1 AND fingerprint IS NOT NULL
            UNION ALL
            SELECT (SELECT min(l.fingerprint) FROM lines l WHERE l.process_id = $1 AND l.fingerprint > kind.fingerprint) FROM kind WHERE kind.fingerprint IS NOT NULL
            LIMIT $5),
          hit(id) AS (
            SELECT l.id FROM kind JOIN lines l ON l.id IN (
              SELECT n.id FROM lines n WHERE n.process_id = $1 AND n.fingerprint = kind.fingerprint AND n.id > $2 ORDER BY n.id DESC LIMIT $4))
        SELECT (SELECT min(id) FROM (SELECT id FROM lines WHERE process_id = $1 AND id <= hit.id ORDER BY id DESC LIMIT $3)),
          (SELECT max(id) FROM (SELECT id FROM lines WHERE process_id = $1 AND id >= hit.id ORDER BY id LIMIT $3))
        FROM hit
        """;

    /// <summary>Ranges of ids of a process, both ends included, in any order; they may overlap.</summary>
    /// <param name="since">Older crashes and errors do not count, Unix milliseconds.</param>
    internal static IEnumerable<(long First, long Last)> Of(SqliteConnection connection, int process, long since)
    {
        var newest = (long)connection.Scalar("SELECT coalesce(max(id), 0) FROM lines")!;
        var after = LinePlace.LastIdBefore(connection, since, newest);
        var errors = connection.Query(OfErrors, Range, process, after, ProtectedLines.Neighbours + 1, OfEachError, MostErrors);
        var crashes = connection.Query(
            "SELECT ended_at FROM runs WHERE process_id = $1 AND ended_at >= $2 AND exit_code NOT IN (0, 130, 143) ORDER BY ended_at DESC LIMIT $3",
            row => (long)(row.GetDouble(0) * 1000), process, since / 1000.0, MostCrashes);
        var failures = connection.Query(
            "SELECT line_id FROM failure_hits WHERE process_id = $1 AND time >= $2 AND line_id IS NOT NULL ORDER BY id DESC LIMIT $3",
            row => row.GetInt64(0), process, since / 1000.0, MostCrashes);
        var ends = crashes.Select(ended => LinePlace.LastIdBefore(connection, ended + Margin, newest)).Concat(failures).Distinct();
        return [.. errors, .. ends.SelectMany(end => Before(connection, process, end))];
    }

    private static List<(long First, long Last)> Before(SqliteConnection connection, int process, long end) => connection.Query(
        "SELECT min(id), max(id) FROM (SELECT id FROM lines WHERE process_id = $1 AND id <= $2 ORDER BY id DESC LIMIT $3) HAVING min(id) IS NOT NULL",
        Range, process, end, TailLines);

    private static (long First, long Last) Range(SqliteDataReader row) => (row.GetInt64(0), row.GetInt64(1));
}
