namespace OvermindGui.Daemon.Persistence;

/// <summary>Hands out the ids of runs, so that lines can name their run before the database has seen it.</summary>
internal sealed class RunNumbers(long last)
{
    private long _last = last;

    public long Next() => Interlocked.Increment(ref _last);
}
