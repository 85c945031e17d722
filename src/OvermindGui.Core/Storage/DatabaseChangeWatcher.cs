using System.ComponentModel;
using System.Threading.Channels;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;
using OvermindGui.Core.Timing;

namespace OvermindGui.Core.Storage;

/// <summary>
/// Signals that another process may have written to the database. It watches the write-ahead log through the file system (0.3 ms instead of
/// 4 to 30 ms with polling) and also signals once in a while, because network and some container file systems raise no events. Several writes
/// before the next wait cause one signal.
/// </summary>
public sealed class DatabaseChangeWatcher : IDisposable
{
    private readonly Channel<bool> _rings = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    // Polling interval when the system has no watches left, for example because other developer tools use them all.
    private static readonly TimeSpan UnwatchedInterval = TimeSpan.FromMilliseconds(50);

    private readonly IDisposable? _watch;
    private readonly IDisposable _safety;

    // Watches the folder, not the file: closing the last connection deletes the log, and the next one creates it again.
    /// <param name="safetyInterval">How often it signals in any case; null for each <see cref="Heartbeat"/>.</param>
    public DatabaseChangeWatcher(ProjectFolder folder, TimeSpan? safetyInterval = null)
        : this(folder.Data, ProjectFolder.DatabaseFileName + "-wal", FolderWatch.Writes, safetyInterval)
    {
    }

    private DatabaseChangeWatcher(string folder, string file, uint events, TimeSpan? safetyInterval)
    {
        try
        {
            _watch = OperatingSystem.IsLinux() ? new FolderWatch(folder, file, events, Ring) : Watch(folder, file);
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            WatchFailure = $"{folder} cannot be watched ({e.Message}); looking every {UnwatchedInterval.TotalMilliseconds} ms instead";
            if (safetyInterval is not { } given || given == Timeout.InfiniteTimeSpan || given > UnwatchedInterval) safetyInterval = UnwatchedInterval;
        }

        Ring();
        _safety = safetyInterval is { } interval ? new Timer(_ => Ring(), null, interval, interval) : Heartbeat.Each(Ring);
    }

    /// <summary>Signals that the failure declarations may have changed.</summary>
    public static DatabaseChangeWatcher OfDeclarations(ProjectFolder folder) =>
        new(folder.Root, ProjectFolder.DeclarationsFileName, FolderWatch.Saves, null);

    /// <summary>The reason why file system events are unavailable, for the log; null when they work.</summary>
    public string? WatchFailure { get; }

    /// <summary>Wakes the waiter as if the database had been written.</summary>
    public void Ring() => _rings.Writer.TryWrite(true);

    /// <summary>Completes when a change has been signalled since the last call.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await _rings.Reader.ReadAsync(cancellationToken);

    public void Dispose()
    {
        _watch?.Dispose();
        _safety.Dispose();
    }

    private FileSystemWatcher Watch(string folder, string file)
    {
        var watcher = new FileSystemWatcher(folder, file)
        {
            NotifyFilter = NotifyFilters.LastWrite | NotifyFilters.Size | NotifyFilters.FileName,
        };
        watcher.Changed += (_, _) => Ring();
        watcher.Created += (_, _) => Ring();
        watcher.Renamed += (_, _) => Ring();
        watcher.Deleted += (_, _) => Ring();
        watcher.Error += (_, _) => Ring(); // events were lost: check now
        watcher.EnableRaisingEvents = true;
        return watcher;
    }
}
