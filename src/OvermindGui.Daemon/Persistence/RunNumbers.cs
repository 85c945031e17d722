using System.Collections.Concurrent;

namespace OvermindGui.Daemon.Persistence;

/// <summary>Hands out the ids of runs, so that lines can name their run before the database has seen it, and knows whose they are.</summary>
internal sealed class RunNumbers(long last)
{
    private readonly ConcurrentDictionary<long, string> _processes = new();
    private long _last = last;

    public long Next(string process)
    {
        var id = Interlocked.Increment(ref _last);
        _processes[id] = process;
        return id;
    }

    /// <summary>The process of a run of this daemon; null for others.</summary>
    public string? ProcessOf(long run) => _processes.GetValueOrDefault(run);
}
