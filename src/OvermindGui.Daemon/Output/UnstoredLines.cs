namespace OvermindGui.Daemon.Output;

/// <summary>
/// Lines that were read and are not stored: what is lost when the daemon is killed. Who reads waits while they are a batch, and a flooding
/// process with it; so they are never more than a batch and what each reader has in hand.
/// </summary>
internal sealed class UnstoredLines
{
    /// <summary>A reader that has so many stops and hands them on.</summary>
    public const int OneRead = 250;

    private const int Most = StoreWriter.MaxLines - OneRead;

    private readonly Lock _lock = new();
    private int _count;
    private TaskCompletionSource? _room;

    public void Add(LineBatch batch)
    {
        batch.Unstored = this;
        lock (_lock) _count += batch.LineCount;
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
}
