using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Tests.Support;
using OvermindGui.Core.Timing;

namespace OvermindGui.Core.Tests.Storage;

public sealed class DatabaseChangeWatcherTests : IDisposable
{
    private readonly TempProject _project = new TempProject().WithDatabase();

    [Fact(Timeout = 60_000)]
    public async Task It_rings_on_a_commit_of_another_connection()
    {
        using var reader = _project.Client.OpenConnection(); // the log stays while a connection is open
        using var watcher = new DatabaseChangeWatcher(_project.Folder, Timeout.InfiniteTimeSpan);
        await watcher.WaitAsync(TestContext.Current.CancellationToken); // the notification at the start
        _project.Append("web", "line");
        await watcher.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 60_000)]
    public async Task Where_nothing_can_be_watched_it_says_so_and_rings_all_the_same()
    {
        using var watcher = new DatabaseChangeWatcher(new ProjectFolder(Path.Combine(_project.Folder.Root, "gone")), Timeout.InfiniteTimeSpan);
        Assert.Contains("cannot be watched", watcher.WatchFailure, StringComparison.Ordinal);
        for (var i = 0; i < 3; i++) await watcher.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 60_000)]
    public async Task It_rings_when_the_log_is_made_anew()
    {
        using var watcher = new DatabaseChangeWatcher(_project.Folder, Timeout.InfiniteTimeSpan);
        Assert.Null(watcher.WatchFailure);
        await watcher.WaitAsync(TestContext.Current.CancellationToken); // the notification at the start
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _project.Append("web", "line");
        await watcher.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 60_000)]
    public async Task Without_a_write_it_does_not_ring()
    {
        using var reader = _project.Client.OpenConnection(); // the log stays while a connection is open
        using var watcher = new DatabaseChangeWatcher(_project.Folder);
        await watcher.WaitAsync(TestContext.Current.CancellationToken); // the notification at the start
        var waiting = watcher.WaitAsync(TestContext.Current.CancellationToken);
        for (var beat = 0; beat < 3; beat++) await Heartbeat.NextAsync(TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);

        _project.Append("web", "line");
        await waiting;
    }

    [Fact(Timeout = 60_000)]
    public async Task A_write_that_raises_no_event_is_found_at_the_next_beat()
    {
        using var watcher = new DatabaseChangeWatcher(_project.Folder);
        await watcher.WaitAsync(TestContext.Current.CancellationToken); // the notification at the start
        File.SetLastWriteTimeUtc(_project.Folder.Database, DateTime.UtcNow.AddMinutes(1)); // only the log is watched
        await watcher.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 60_000)]
    public async Task It_rings_by_itself()
    {
        using var watcher = new DatabaseChangeWatcher(_project.Folder, TimeSpan.FromMilliseconds(5));
        for (var i = 0; i < 3; i++) await watcher.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 60_000)]
    public async Task It_rings_by_hand_and_rings_coalesce()
    {
        using var watcher = new DatabaseChangeWatcher(_project.Folder, Timeout.InfiniteTimeSpan);
        await watcher.WaitAsync(TestContext.Current.CancellationToken);
        for (var i = 0; i < 5; i++) watcher.Notify();
        await watcher.WaitAsync(TestContext.Current.CancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var waiting = watcher.WaitAsync(stop.Token);
        Assert.False(waiting.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    public void Dispose() => _project.Dispose();
}
