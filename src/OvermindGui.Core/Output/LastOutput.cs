using OvermindGui.Core.Contracts;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Output;

/// <summary>The last lines that a process printed before it ended, which usually contain the reason.</summary>
public static class LastOutput
{
    // A later run may have printed since; if it printed more than this, the search stops.
    private const int MostLooked = 500;

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
