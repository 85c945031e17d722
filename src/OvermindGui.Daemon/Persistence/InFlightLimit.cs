namespace OvermindGui.Daemon.Persistence;

/// <summary>
/// Lines that were read and are not stored: what is lost when the daemon is killed. Who reads waits while they are a batch, and a flooding
/// process with it; so they are never more than a batch and what each reader has in hand.
/// </summary>
internal sealed class InFlightLimit
{
    /// <summary>A reader that has so many stops and hands them on.</summary>
    public const int OneRead = 250;

    private const int Most = BatchWriter.MaxLines - OneRead;

    private readonly Lock _lock = new();
    private int _count;
    private TaskCompletionSource? _room;
    private TaskCompletionSource? _enough;

    public void Add(LineBatch batch)
    {
        batch.Unstored = this;
        lock (_lock)
        {
            _count += batch.LineCount;
            if (_count < OneRead) return;
        }

        EndRest();
    }

    /// <summary>Completes what <see cref="EnoughAsync"/> waits for: a reader waits.</summary>
    public void EndRest()
    {
        TaskCompletionSource? enough;
        lock (_lock) (enough, _enough) = (_enough, null);
        enough?.SetResult();
    }

    public void Remove(int lines)
    {
        TaskCompletionSource? room = null;
        lock (_lock)
        {
            _count -= lines;
            if (_count <= Most) (room, _room) = (_room, null);
        }

        room?.SetResult();
    }

    /// <summary>Completes when more may be read.</summary>
    public Task RoomAsync()
    {
        lock (_lock)
        {
            if (_count <= Most) return Task.CompletedTask;
            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }

    /// <summary>Completes when as many lines are unstored as one read brings: storing them later would hold up the readers.</summary>
    public Task EnoughAsync()
    {
        lock (_lock)
        {
            if (_count >= OneRead) return Task.CompletedTask;
            _enough ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _enough.Task;
        }
    }
}
