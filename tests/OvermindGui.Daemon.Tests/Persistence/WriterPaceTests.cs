using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Tests.Persistence;

/// <summary>When the writer stores what waits: on a clock that stands still, so that nothing but lines can end its rest.</summary>
public sealed class WriterPaceTests : IAsyncDisposable
{
    private const int Timeout = 60_000;

    private readonly TestFolder _folder = new("web: true");
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly WriteQueue _queue = new();
    private readonly OvermindDatabase _database;
    private readonly Task _writing;

    public WriterPaceTests()
    {
        (_database, _) = new DatabaseOpener(_folder.Folder, _time).Open();
        var plan = RecordedPlan.Load(_folder.Folder, new PlanOptions());
        var daemon = new DaemonRecord { Pid = 1, Mode = "native", Version = "1", WorkingDirectory = "/", StartedAt = 0 };
        var registration = Registration.Write(_database, daemon, plan, [], _time);
        var writer = new BatchWriter(
            _database, _queue, new WriteBuffer(1 << 20), new DatabaseRecovery(_database, registration, _time), new StorageFaultFile(_folder.Folder), _time,
            NullLogger<BatchWriter>.Instance);
        _writing = Task.Run(() => writer.RunAsync(CancellationToken.None));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_trickle_is_gathered_for_ten_milliseconds()
    {
        await RestAfterOneLineAsync();

        await _queue.EnqueueCapturedAsync(Lines(InFlightLimit.Enough - 1));
        Assert.Equal(1, Stored());
        await AdvanceUntilAsync(InFlightLimit.Enough);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_flood_ends_the_rest_at_once()
    {
        await RestAfterOneLineAsync();

        await _queue.EnqueueCapturedAsync(Lines(InFlightLimit.Enough));

        await UntilStoredAsync(InFlightLimit.Enough + 1);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_reader_that_waits_for_a_place_in_the_queue_ends_the_rest_at_once()
    {
        const int MoreThanItHolds = 100;
        await RestAfterOneLineAsync();

        for (var i = 0; i < MoreThanItHolds; i++) await _queue.EnqueueCapturedAsync(Lines(1));

        // What came behind it is a trickle again.
        await AdvanceUntilAsync(MoreThanItHolds + 1);
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Complete();
        while (!_writing.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        await _writing;
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private async Task RestAfterOneLineAsync()
    {
        await _queue.EnqueueCapturedAsync(Lines(1));
        await UntilStoredAsync(1);
    }

    private async Task UntilStoredAsync(long count)
    {
        using var watcher = new DatabaseChangeWatcher(_folder.Folder, TimeSpan.FromMilliseconds(20));
        while (Stored() < count) await watcher.WaitAsync(TestContext.Current.CancellationToken);
    }

    private async Task AdvanceUntilAsync(long count)
    {
        using var watcher = new DatabaseChangeWatcher(_folder.Folder, TimeSpan.FromMilliseconds(20));
        while (Stored() < count)
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            await watcher.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    private long Stored()
    {
        using var connection = _database.OpenConnection();
        return (long)connection.Scalar("SELECT count(*) FROM lines")!;
    }

    private static LineBatch Lines(int count) =>
        new(1, null, LineSource.Terminal, 0, [.. Enumerable.Range(0, count).Select(n => StyledLine.Plain($"{n}"))]);
}
