namespace OvermindGui.Daemon.Persistence;

/// <summary>
/// Captured output that is not stored: what is lost when the daemon is killed. Who reads waits while it is a batch, and a flooding process
/// with it; so it is never more than a batch and what each reader has in hand. Reads are counted as well as lines, because lines can be long.
/// </summary>
internal sealed class InFlightLimit
{
    /// <summary>A reader that has so many lines stops and hands them on.</summary>
    public const int OneRead = 250;

    /// <summary>Worth a transaction: fewer lines wait a moment for others, which are then cheaper for all.</summary>
    public const int Enough = 4 * OneRead;

    private const int MostLines = BatchWriter.MaxLines - OneRead;

    // Each is at most one read of a stream (64 KiB), so this is a bound in bytes too.
    private const int MostReads = 64;

    private readonly Lock _lock = new();
    private int _lines;
    private int _reads;
    private TaskCompletionSource? _room;
    private TaskCompletionSource? _enough;

    private bool HasRoom => _lines <= MostLines && _reads < MostReads;

    /// <summary>Any thread may ask; the answer may be old by then.</summary>
    public bool HasEnough => _lines >= Enough || !HasRoom;

    public void Add(LineBatch batch)
    {
        batch.InFlight = this;
        TaskCompletionSource? enough = null;
        lock (_lock)
        {
            _lines += batch.LineCount;
            _reads++;
            if (HasEnough) (enough, _enough) = (_enough, null);
        }

        enough?.SetResult();
    }

    public void Remove(LineBatch batch)
    {
        TaskCompletionSource? room = null;
        lock (_lock)
        {
            _lines -= batch.LineCount;
            _reads--;
            if (HasRoom) (room, _room) = (_room, null);
        }

        room?.SetResult();
    }

    /// <summary>Completes when more may be read.</summary>
    public Task RoomAsync()
    {
        lock (_lock)
        {
            if (HasRoom) return Task.CompletedTask;
            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }

    /// <summary>Completes when so much waits that storing it later would hold up the readers.</summary>
    public Task EnoughAsync()
    {
        lock (_lock)
        {
            if (HasEnough) return Task.CompletedTask;
            _enough ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _enough.Task;
        }
    }
}
