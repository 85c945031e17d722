namespace OvermindGui.Daemon.Supervision.Failures;

/// <summary>Counts what goes wrong with a process in a row, hits or ends by itself, and says how long to wait before it is started again.</summary>
/// <param name="mostHits">After as many it is given up.</param>
internal sealed class RestartBackoff(TimeProvider time, int mostHits = RestartBackoff.MostHits)
{
    /// <summary>After as many hits a process stays broken.</summary>
    public const int MostHits = 5;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);
    private const int Doublings = 5; // 1, 2, 4, 8, 16 s; then the longest

    /// <summary>A process that has run so long without a hit has recovered.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(60);

    /// <summary>Hits in a row so far.</summary>
    public int Hits { get; private set; }

    /// <summary>Counts a hit.</summary>
    /// <param name="startedAt">Timestamp of the start of the run that it hit.</param>
    /// <returns>How long to wait, or null to give up.</returns>
    public TimeSpan? Hit(long startedAt)
    {
        Hits = time.GetElapsedTime(startedAt) >= Quiet ? 1 : Hits + 1;
        if (Hits >= mostHits) return null;
        return Hits <= Doublings ? FirstDelay * Math.Pow(2, Hits - 1) : LongestDelay;
    }

    /// <summary>A person has taken over.</summary>
    public void Clear() => Hits = 0;
}
