using System.ComponentModel;
using System.Threading.Channels;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;
using OvermindGui.Core.Timing;

namespace OvermindGui.Core.Storage;

/// <summary>
/// Signals that another process may have written to the database. It watches the write-ahead log through the file system (0.3 ms instead of
/// 4 to 30 ms with polling), and looks at the files' sizes and times at each <see cref="Heartbeat"/>, because network and some container file
/// systems raise no events. Several writes before the next wait cause one signal; without a write there is none.
/// </summary>
public sealed class DatabaseChangeWatcher : IDisposable
{
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    // Polling interval when the system has no watches left, for example because other developer tools use them all.
    private static readonly TimeSpan UnwatchedInterval = TimeSpan.FromMilliseconds(50);

    private readonly Func<string[]> _files;
    private readonly Lock _gate = new();
    private readonly IDisposable? _watch;
    private readonly IDisposable _safety;
    private FileStatus?[] _seen = [];

    // Watches the folder, not the file: closing the last connection deletes the log, and the next one creates it again.
    /// <param name="safetyInterval">How often it signals in any case; null to look at the files instead.</param>
    public DatabaseChangeWatcher(ProjectFolder folder, TimeSpan? safetyInterval = null)
        : this(() => [folder.Database + "-wal", folder.Database], folder.Data, FolderWatch.Writes, safetyInterval)
    {
    }

    /// <param name="files">The one that is watched, and others that are looked at; they move with their folder.</param>
    private DatabaseChangeWatcher(Func<string[]> files, string folder, uint events, TimeSpan? safetyInterval)
    {
        _files = files;
        var file = Path.GetFileName(files()[0]);
        _seen = Status();
        try
        {
            _watch = OperatingSystem.IsLinux() ? new FolderWatch(folder, file, events, Notify) : Watch(folder, file);
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            WatchFailure = $"{folder} cannot be watched ({e.Message}); looking every {UnwatchedInterval.TotalMilliseconds} ms instead";
            if (safetyInterval is not { } given || given == Timeout.InfiniteTimeSpan || given > UnwatchedInterval) safetyInterval = UnwatchedInterval;
        }

        Notify();
        _safety = safetyInterval is { } interval ? new Timer(_ => Notify(), null, interval, interval) : Heartbeat.Each(Look);
    }

    /// <summary>Signals that the failure declarations may have changed.</summary>
    public static DatabaseChangeWatcher OfDeclarations(ProjectFolder folder) => new(() => [folder.Declarations], folder.Root, FolderWatch.Saves, null);

    /// <summary>The reason why file system events are unavailable, for the log; null when they work.</summary>
    public string? WatchFailure { get; }

    /// <summary>Wakes the waiter as if the database had been written.</summary>
    public void Notify() => _signals.Writer.TryWrite(true);

    /// <summary>Completes when a change has been signalled since the last call.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await _signals.Reader.ReadAsync(cancellationToken);

    public void Dispose()
    {
        _watch?.Dispose();
        _safety.Dispose();
    }

    // An event may come before others see what was written, and no other may follow: so events do not count as seen here.
    private void Look()
    {
        lock (_gate)
        {
            var status = Status();
            if (status.SequenceEqual(_seen)) return;
            _seen = status;
        }

        Notify();
    }

    private FileStatus?[] Status() => [.. _files().Select(file => FileStatus.Of(file, followLinks: true))];

    private FileSystemWatcher Watch(string folder, string file)
    {
        var watcher = new FileSystemWatcher(folder, file)
        {
            NotifyFilter = NotifyFilters.LastWrite | NotifyFilters.Size | NotifyFilters.FileName,
        };
        watcher.Changed += (_, _) => Notify();
        watcher.Created += (_, _) => Notify();
        watcher.Renamed += (_, _) => Notify();
        watcher.Deleted += (_, _) => Notify();
        watcher.Error += (_, _) => Notify(); // events were lost: check now
        watcher.EnableRaisingEvents = true;
        return watcher;
    }
}
