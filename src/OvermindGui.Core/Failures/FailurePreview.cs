using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Failures;

/// <summary>How often a declaration would have matched, had it been in force.</summary>
/// <param name="Matches">Lines that match, of those that were looked at.</param>
/// <param name="Looked">Lines that were looked at, the newest ones.</param>
/// <param name="Newest">The newest lines that match, newest first.</param>
/// <param name="StoppedBecause">Why older lines were not looked at; null when all were.</param>
public sealed record FailurePreviewResult(long Matches, long Looked, IReadOnlyList<PreviewedLine> Newest, string? StoppedBecause);

/// <summary>A stored line that would have been a hit.</summary>
public sealed record PreviewedLine(long Id, DateTimeOffset Time, string Text);

/// <summary>Tries a declaration on the stored output of a process, newest lines first.</summary>
public sealed class FailurePreview(OvermindDatabase database, TimeProvider time)
{
    /// <summary>How many matching lines are shown.</summary>
    public const int Examples = 10;

    private const int PageSize = 2_000;
    private static readonly TimeSpan LongestLine = TimeSpan.FromMilliseconds(250);

    /// <summary>Long enough for millions of lines, short enough to wait for.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(3);

    /// <param name="declaration">Without problems, see <see cref="FailureDeclaration.FindProblem"/>.</param>
    /// <param name="limit">It stops after this time, and says so.</param>
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
            return Result("the expression took too long on a line; in force, it would be switched off there");
        }

        FailurePreviewResult Result(string? stopped) => new(count, looked, newest, stopped);
    }

    private static Func<string, bool> Predicate(FailureDeclaration declaration) =>
        !declaration.IsRegex ? text => text.Contains(declaration.Pattern, StringComparison.OrdinalIgnoreCase)
        : LinePattern.TryParse(declaration.Pattern, out _, ignoreCase: true, LongestLine)!.Matches;

    // In pages, with no view of the database between them: a view that stays keeps the write-ahead log growing.
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
