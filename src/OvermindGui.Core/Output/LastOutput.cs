using OvermindGui.Core.Contracts;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Output;

/// <summary>What a process printed last before it ended: mostly the reason.</summary>
public static class LastOutput
{
    // A run that follows may have printed since; one that printed more than this is no longer looked behind.
    private const int MostLooked = 500;

    /// <summary>The newest lines of its last run that has ended, oldest first; notices of ours do not count.</summary>
    public static IReadOnlyList<OutputLine> Of(OvermindDatabase database, string process, int limit)
    {
        if (!database.IsReady() || LastEnded(database, process) is not { } run) return [];
        return [.. new OutputHistory(database).Before(long.MaxValue, ProcessFilter.Only(process), MostLooked)
            .Where(line => line.Run == run && line.Source != LineSource.Notice).TakeLast(limit)];
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
