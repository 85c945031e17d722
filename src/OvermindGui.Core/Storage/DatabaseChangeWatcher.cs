using System.ComponentModel;
using System.Threading.Channels;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Storage;

/// <summary>
/// Tells when another process may have written to the database: it watches the write-ahead log through the file system (0.3 ms
/// instead of the 4 to 30 ms of polling) and rings at least once per <c>safetyInterval</c>, because network and some container file
/// systems raise no events. Rings coalesce: many writes before the next wait are one ring.
/// </summary>
public sealed class DatabaseChangeWatcher : IDisposable
{
    private readonly Channel<bool> _rings = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    // How often to look where the system has no watch to give: other tools of a developer may have taken them all.
    private static readonly TimeSpan UnwatchedInterval = TimeSpan.FromMilliseconds(50);

    private readonly IDisposable? _watch;
    private readonly Timer _safety;

    // The folder is watched, not the file: the log disappears with its last connection and comes again with the next.
    public DatabaseChangeWatcher(ProjectFolder folder, TimeSpan safetyInterval)
        : this(folder.Data, ProjectFolder.DatabaseFileName + "-wal", FolderWatch.Writes, safetyInterval)
    {
    }

    private DatabaseChangeWatcher(string folder, string file, uint events, TimeSpan safetyInterval)
    {
        try
        {
            _watch = OperatingSystem.IsLinux() ? new FolderWatch(folder, file, events, Ring) : Watch(folder, file);
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            WatchFailure = $"{folder} cannot be watched ({e.Message}); looking every {UnwatchedInterval.TotalMilliseconds} ms instead";
            if (safetyInterval == Timeout.InfiniteTimeSpan || safetyInterval > UnwatchedInterval) safetyInterval = UnwatchedInterval;
        }

        _safety = new Timer(_ => Ring(), null, TimeSpan.Zero, safetyInterval);
    }

    /// <summary>Tells when somebody may have changed the failure declarations.</summary>
    public static DatabaseChangeWatcher OfDeclarations(ProjectFolder folder, TimeSpan safetyInterval) =>
        new(folder.Root, ProjectFolder.DeclarationsFileName, FolderWatch.Saves, safetyInterval);

    /// <summary>Why the file system tells nothing, for the log; null when it does.</summary>
    public string? WatchFailure { get; }

    /// <summary>Wakes the waiter as if something had been written.</summary>
    public void Ring() => _rings.Writer.TryWrite(true);

    /// <summary>Completes when the bell has rung since the last call.</summary>
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
        watcher.Error += (_, _) => Ring(); // events were lost: look now
        watcher.EnableRaisingEvents = true;
        return watcher;
    }
}
