using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Failures;

/// <summary>The number of lines that a declaration would have matched.</summary>
/// <param name="Matches">Number of matching lines among those examined.</param>
/// <param name="Looked">Number of lines examined, newest first.</param>
/// <param name="Newest">The newest lines that match, newest first.</param>
/// <param name="StoppedBecause">Why older lines were not examined; null when all were.</param>
public sealed record FailurePreviewResult(long Matches, long Looked, IReadOnlyList<PreviewedLine> Newest, string? StoppedBecause);

/// <summary>A stored line that matches.</summary>
public sealed record PreviewedLine(long Id, DateTimeOffset Time, string Text);

/// <summary>Tests a declaration against the stored output of a process, newest lines first.</summary>
public sealed class FailurePreview(OvermindDatabase database, TimeProvider time)
{
    /// <summary>Maximum number of matching lines to show.</summary>
    public const int Examples = 10;

    private const int PageSize = 2_000;
    private static readonly TimeSpan LongestLine = TimeSpan.FromMilliseconds(250);

    /// <summary>Enough time for millions of lines, yet short enough to wait for.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(3);

    /// <param name="declaration">A valid declaration, see <see cref="FailureDeclaration.FindProblem"/>.</param>
    /// <param name="limit">Time limit; the result says when it was reached.</param>
    public FailurePreviewResult Run(string process, FailureDeclaration declaration, TimeSpan limit, CancellationToken cancellationToken)
    {
        var matches = Predicate(declaration);
        var (count, looked, newest) = (0L, 0L, new List<PreviewedLine>());
        var started = time.GetTimestamp();
        try
        {
            foreach (var line in NewestFirst(process))
            {
                if (looked % 100 == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (time.GetElapsedTime(started) >= limit) return Result($"it looked for {limit.TotalSeconds:0.#} s");
                }

                if (matches(line.Text) && ++count <= Examples) newest.Add(line);
                looked++;
            }

            return Result(null);
        }
        catch (RegexMatchTimeoutException)
        {
            return Result("the expression took too long on a line; an active declaration would be switched off there");
        }

        FailurePreviewResult Result(string? stopped) => new(count, looked, newest, stopped);
    }

    private static Func<string, bool> Predicate(FailureDeclaration declaration) =>
        !declaration.IsRegex ? text => text.Contains(declaration.Pattern, StringComparison.OrdinalIgnoreCase)
        : LinePattern.TryParse(declaration.Pattern, out _, ignoreCase: true, LongestLine)!.Matches;

    // Reads in pages, without a database snapshot between them: a long snapshot would make the write-ahead log grow.
    private IEnumerable<PreviewedLine> NewestFirst(string process)
    {
        if (!database.IsReady()) yield break;
        var (before, rows) = (long.MaxValue, PageSize);
        while (rows == PageSize)
        {
            rows = 0;
            using var connection = database.OpenConnection();
            if (connection.KnownProcesses().Find(p => p.Name == process) is not { } known) yield break;
            foreach (var line in Page(connection, known, before))
            {
                yield return line;
                (before, rows) = (line.Id, rows + 1);
            }
        }
    }

    private static IEnumerable<PreviewedLine> Page(SqliteConnection connection, KnownProcess process, long before) => connection.Stream(
        $"""
        SELECT id, time, text FROM lines WHERE process_id = $1 AND id < $2 AND id > $3 AND stream <> {(int)LineSource.Notice}
        ORDER BY id DESC LIMIT {PageSize}
        """,
        row => new PreviewedLine(row.GetInt64(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), row.GetString(2)),
        process.Id, before, process.ClearedId);
}
