namespace OvermindGui.Daemon.Supervision.Failures;

/// <summary>Counts consecutive failures or unexpected exits of a process, and computes the delay before the next restart.</summary>
/// <param name="mostHits">Number of hits after which it gives up.</param>
internal sealed class RestartBackoff(TimeProvider time, int mostHits = RestartBackoff.MostHits)
{
    /// <summary>Number of hits after which a process stays broken.</summary>
    public const int MostHits = 5;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);
    private const int Doublings = 5; // 1, 2, 4, 8, 16 s; then the longest

    /// <summary>A process that runs this long without a hit has recovered.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(60);

    /// <summary>Number of consecutive hits.</summary>
    public int Hits { get; private set; }

    /// <summary>Counts a hit.</summary>
    /// <param name="startedAt">Timestamp of the start of the failed run.</param>
    /// <returns>The delay, or null to give up.</returns>
    public TimeSpan? Hit(long startedAt)
    {
        Hits = time.GetElapsedTime(startedAt) >= Quiet ? 1 : Hits + 1;
        if (Hits >= mostHits) return null;
        return Hits <= Doublings ? FirstDelay * Math.Pow(2, Hits - 1) : LongestDelay;
    }

    /// <summary>Resets after a manual start or stop.</summary>
    public void Clear() => Hits = 0;
}
