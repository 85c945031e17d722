using Microsoft.Extensions.Logging;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Timing;

namespace OvermindGui.Daemon.Hosting;

/// <summary>
/// Sees to it that the daemon can be found: its PID file is written again when it was removed, its folder is followed when it was moved. Where
/// neither helps, because another daemon holds the file or the folder is gone, the daemon ends in order.
/// </summary>
internal sealed class PresenceWatch : IAsyncDisposable
{
    // Who deletes a folder to make it again, such as a fresh clone, does so within this time.
    private static readonly TimeSpan FolderPatience = TimeSpan.FromSeconds(5);

    private readonly DaemonLock _lock;
    private readonly ProjectFolder _folder;
    private readonly FolderFollower _follower;
    private readonly TimeProvider _time;
    private readonly ILogger<PresenceWatch> _logger;
    private readonly CancellationTokenSource _end;
    private readonly CancellationTokenSource _closed = new();
    private readonly Task _watching;
    private long? _withoutFolder;

    /// <param name="stop">Asks the daemon to end.</param>
    public PresenceWatch(DaemonLock daemonLock, ProjectFolder folder, TimeProvider time, ILogger<PresenceWatch> logger, CancellationToken stop)
    {
        (_lock, _folder, _time, _logger) = (daemonLock, folder, time, logger);
        _follower = new FolderFollower(folder);
        _end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _watching = Task.Run(WatchAsync, CancellationToken.None);
    }

    /// <summary>Asks the daemon to end, for either reason.</summary>
    public CancellationToken End => _end.Token;

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        await _watching;
        _follower.Dispose();
        _end.Dispose();
        _closed.Dispose();
    }

    private async Task WatchAsync()
    {
        try
        {
            string? reason = null;
            await Heartbeat.UntilAsync(() => (reason = FindReasonToEnd()) is not null, _closed.Token);
            _logger.LogError("{Reason}; this daemon ends", reason);
            await _end.CancelAsync();
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // the daemon has ended
        }
    }

    private string? FindReasonToEnd()
    {
        if (_follower.Follow()) _logger.LogWarning("The folder was moved to {Folder}; the processes keep their working directories", _folder);
        var state = _lock.Restore();
        if (state != LockState.NoFolder) _withoutFolder = null;
        switch (state)
        {
            case LockState.Restored:
                _logger.LogWarning("{File} was removed or replaced, and is written again", _folder.PidFile);
                return null;
            case LockState.Lost:
                return $"{_folder.PidFile} was replaced, and another daemon holds it now";
            case LockState.NoFolder:
                _withoutFolder ??= _time.GetTimestamp();
                return _time.GetElapsedTime(_withoutFolder.Value) > FolderPatience ? $"{_folder.Data} is gone" : null;
            default:
                return null;
        }
    }
}
