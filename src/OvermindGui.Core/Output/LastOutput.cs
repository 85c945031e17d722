using OvermindGui.Core.Contracts;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Output;

/// <summary>The last lines that a process printed before it ended, which usually contain the reason.</summary>
public static class LastOutput
{
    // A later run may have printed since; if it printed more than this, the search stops.
    private const int MostLooked = 500;

    // Others may print while a run ends.
    private const int MostBehind = 10_000;

    // The daemon gives up the output of a run that has ended earlier: something else may hold its terminal.
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(4);

    /// <summary>The newest lines of its last finished run, oldest first, without the daemon's notices.</summary>
    public static IReadOnlyList<OutputLine> Of(OvermindDatabase database, string process, int limit)
    {
        if (!database.IsReady() || LastEnded(database, process) is not { } run) return [];
        return [.. new OutputHistory(database).Before(long.MaxValue, ProcessFilter.Only(process), MostLooked)
            .Where(line => line.Run == run && line.Source != LineSource.Notice).TakeLast(limit)];
    }

    /// <summary>The newest line that a process printed, such as a question; null for none.</summary>
    public static OutputLine? Newest(OvermindDatabase database, string process) => !database.IsReady() ? null
        : new OutputHistory(database).Before(long.MaxValue, ProcessFilter.Only(process), MostLooked).LastOrDefault(line => line.Source != LineSource.Notice);

    /// <summary>
    /// Whether the newest run's output is stored to its end. An end is recorded at once, and what was printed before it may come later.
    /// </summary>
    public static bool IsComplete(OvermindDatabase database, string process, DateTimeOffset now)
    {
        using var connection = database.OpenConnection();
        var ends = connection.Query(
            "SELECT r.id, r.process_id, r.ended_at FROM process_status s JOIN runs r ON r.id = s.run_id WHERE s.process_name = $1 AND r.ended_at IS NOT NULL",
            row => (Run: row.GetInt64(0), Process: row.GetInt64(1), At: row.GetDouble(2)), process);
        // Behind the last line stands the notice of the end.
        return ends is not [var end] || now - UnixTime.FromSeconds(end.At) > LongestDrain || connection.Scalar(
            $"""
            SELECT 1 FROM lines
            WHERE process_id = $1 AND id > (SELECT max(id) FROM lines) - {MostBehind} AND run_id = $2 AND stream = $3 AND time >= $4 LIMIT 1
            """,
            end.Process, end.Run, (int)LineSource.Notice, (long)(end.At * 1000)) is not null;
    }

    private static long? LastEnded(OvermindDatabase database, string process)
    {
        using var connection = database.OpenConnection();
        return connection.Scalar(
            """
            SELECT r.id FROM runs r JOIN processes p ON p.id = r.process_id
            WHERE p.name = $1 AND r.ended_at IS NOT NULL ORDER BY r.id DESC LIMIT 1
            """,
            process) as long?;
    }
}
