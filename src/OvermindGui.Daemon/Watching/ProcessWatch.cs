using System.Threading.Channels;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Watching;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision;

namespace OvermindGui.Daemon.Watching;

/// <summary>Restarts one process when its files change, or does what its rule says instead.</summary>
internal sealed class ProcessWatch : IAsyncDisposable
{
    // Something that never rests, such as a long copy, is not waited for any longer.
    private static readonly TimeSpan LongestDebounce = TimeSpan.FromSeconds(5);

    // A file that changes so soon after each restart is written by the process itself.
    private static readonly TimeSpan OwnWrite = TimeSpan.FromSeconds(2);
    private const int MostOwnWrites = 5;

    private readonly string _process;
    private readonly Supervisor _supervisor;
    private readonly EventRecorder _recorder;
    private readonly TimeProvider _time;
    private readonly FileTreeWatcher _watcher;
    private readonly Channel<string> _changes = Channel.CreateUnbounded<string>(new() { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _following;
    private string? _lastPath;
    private long _lastAction;
    private int _ownWrites;

    public ProcessWatch(string process, WatchRule rule, Supervisor supervisor, EventRecorder recorder, TimeProvider time)
    {
        (_process, Rule, _supervisor, _recorder, _time) = (process, rule, supervisor, recorder, time);
        _watcher = FileTreeWatcher.Start(new WatchedFiles(rule.Folder, rule.Paths, rule.Ignore), path => _changes.Writer.TryWrite(path));
        if (_watcher.Problem is { } problem) recorder.SystemNotice($"The files that {process} watches: {problem}", Core.Levels.LineLevel.Warn);
        _following = Task.Run(FollowAsync);
    }

    public WatchRule Rule { get; }

    public async ValueTask DisposeAsync()
    {
        _watcher.Dispose();
        await _stop.CancelAsync();
        await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task FollowAsync()
    {
        while (await _changes.Reader.WaitToReadAsync(_stop.Token))
        {
            var changed = await CollectAsync();
            if (IsOwnWrite(changed[0])) continue;
            var what = changed.Count == 1 ? changed[0] : $"{changed[0]} and {Quantity.Of(changed.Count - 1, "more file", "more files")}";
            await _supervisor.TakeChangeAsync(_process, Rule, what, _stop.Token);
            _lastAction = _time.GetTimestamp();
        }
    }

    /// <summary>What has changed until nothing changes any more; in the order of the first changes.</summary>
    private async Task<IReadOnlyList<string>> CollectAsync()
    {
        var (changed, known) = (new List<string>(), new HashSet<string>());
        var started = _time.GetTimestamp();
        do
        {
            while (_changes.Reader.TryRead(out var path))
                if (known.Add(path)) changed.Add(path);
        }
        while (await ComesAsync() && _time.GetElapsedTime(started) < LongestDebounce);
        return changed;
    }

    private async Task<bool> ComesAsync()
    {
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var next = _changes.Reader.WaitToReadAsync(quiet.Token).AsTask();
        var isNext = await Task.WhenAny(next, Task.Delay(Rule.Debounce, _time, quiet.Token)) == next;
        await quiet.CancelAsync();
        await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Token.ThrowIfCancellationRequested();
        return isNext;
    }

    private bool IsOwnWrite(string path)
    {
        var isSoon = _lastAction != 0 && _time.GetElapsedTime(_lastAction) < Rule.Debounce + OwnWrite;
        _ownWrites = isSoon && path == _lastPath ? _ownWrites + 1 : 0;
        _lastPath = path;
        if (_ownWrites == MostOwnWrites)
            _recorder.SystemNotice(
                $"{path} changes whenever {_process} has just been restarted, so it is left alone now; if {_process} writes it, add it to watch.ignore", Core.Levels.LineLevel.Warn);
        if (_ownWrites < MostOwnWrites) return false;
        _lastAction = _time.GetTimestamp();
        return true;
    }
}
