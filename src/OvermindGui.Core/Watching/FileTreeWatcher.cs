using System.ComponentModel;
using System.Diagnostics;
using OvermindGui.Core.Posix;

namespace OvermindGui.Core.Watching;

/// <summary>
/// Reports which files have changed: by inotify, a watch for each folder, or by looking again and again where there are no watches.
/// </summary>
public sealed class FileTreeWatcher : IDisposable
{
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromSeconds(1);
    private const int PollShare = 100; // a look may take 1 % of the time

    private readonly WatchedFiles _files;
    private readonly Action<string> _changed;
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, IgnoreRules> _rules = [];
    private TreeWatch? _watch;

    private FileTreeWatcher(WatchedFiles files, Action<string> changed) => (_files, _changed) = (files, changed);

    /// <summary>Why it polls, and what to do about it; null when it need not.</summary>
    public string? Problem { get; private set; }

    /// <summary>Watches until it is disposed.</summary>
    /// <param name="changed">Is called with the path of each changed file, as it is shown; on any thread, and must not wait.</param>
    public static FileTreeWatcher Start(WatchedFiles files, Action<string> changed)
    {
        var watcher = new FileTreeWatcher(files, changed);
        if (!OperatingSystem.IsLinux() || !watcher.TryWatch()) watcher.Poll();
        return watcher;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _watch?.Dispose();
    }

    private bool TryWatch()
    {
        try
        {
            _watch = new TreeWatch();
            foreach (var (folder, rules, isDeep) in _files.Roots) Enter(folder, rules, isDeep, report: false);
            _watch.Start(Take);
            return true;
        }
        catch (Win32Exception e)
        {
            _watch?.Dispose();
            _watch = null;
            Problem = e.NativeErrorCode == TreeWatch.NoWatchesLeft
                ? "the system has no inotify watches left, so files are looked at again and again instead; "
                    + "raise the limit with: sudo sysctl fs.inotify.max_user_watches=524288 (and in /etc/sysctl.d to keep it), or exclude folders with watch.ignore"
                : $"inotify cannot be used ({e.Message}), so files are looked at again and again instead; "
                    + "if there are too many instances, raise the limit with: sudo sysctl fs.inotify.max_user_instances=512";
            return false;
        }
    }

    /// <param name="report">The folder is new: what is in it has changed.</param>
    private void Enter(string folder, IgnoreRules rules, bool isDeep, bool report)
    {
        lock (_rules) _rules[folder] = rules;
        _watch!.Add(folder);
        if (!isDeep && !report) return;
        foreach (var entry in Entries(folder))
            if (entry.IsFolder)
            {
                if (isDeep && _files.Enters(entry.Path, rules)) Enter(entry.Path, rules.In(entry.Path), isDeep, report);
            }
            else if (report && _files.Has(entry.Path, rules)) _changed(_files.NameOf(entry.Path));
    }

    private void Take(TreeWatch.Change change)
    {
        try
        {
            if (change.Path is null) TakeOverflow();
            else Take(change, change.Path);
        }
        catch (Win32Exception)
        {
            // The last watches are gone: what is watched stays watched, and the rest is looked at.
            _watch!.Dispose();
            Problem = "the system has no inotify watches left, so files are looked at again and again instead; raise the limit with: sudo sysctl fs.inotify.max_user_watches=524288";
            Poll();
        }
    }

    private void Take(TreeWatch.Change change, string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        IgnoreRules? rules;
        lock (_rules) rules = _rules.GetValueOrDefault(folder);
        if (rules is null) return;
        if (!change.IsFolder)
        {
            if (Path.GetFileName(path) == ".gitignore") Reread(folder);
            if (_files.Has(path, rules)) _changed(_files.NameOf(path));
        }
        else if (!change.Exists) _watch!.Remove(path);
        else if (_files.Enters(path, rules)) Enter(path, rules.In(path), isDeep: true, report: true);
    }

    // Folders that are ignored from now on stay watched until the next start, which does no harm.
    private void Reread(string folder)
    {
        lock (_rules)
            foreach (var known in _rules.Keys.Where(f => f == folder || f.StartsWith(folder + "/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList())
                _rules[known] = _files.RulesOf(known);
    }

    // Too much has happened at once to be reported: all folders may have new ones below them.
    private void TakeOverflow()
    {
        foreach (var (folder, rules, isDeep) in _files.Roots) Enter(folder, rules, isDeep, report: false);
        _changed("more files than the system reports");
    }

    private void Poll() => _ = Task.Run(async () =>
    {
        var seen = Look();
        while (!_stop.IsCancellationRequested)
        {
            var started = Stopwatch.GetTimestamp();
            var now = Look();
            foreach (var path in now.Where(f => !seen.TryGetValue(f.Key, out var before) || before != f.Value).Select(f => f.Key).Concat(seen.Keys.Except(now.Keys)))
                _changed(_files.NameOf(path));
            seen = now;
            var pause = Stopwatch.GetElapsedTime(started) * PollShare;
            await Task.Delay(pause > ShortestPoll ? pause : ShortestPoll, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    });

    private Dictionary<string, (DateTime Written, long Size)> Look()
    {
        var found = new Dictionary<string, (DateTime, long)>();
        foreach (var (folder, rules, isDeep) in _files.Roots) Look(folder, rules, isDeep, found);
        return found;
    }

    private void Look(string folder, IgnoreRules rules, bool isDeep, Dictionary<string, (DateTime, long)> found)
    {
        foreach (var (path, isFolder) in Entries(folder))
            if (isFolder)
            {
                if (isDeep && _files.Enters(path, rules)) Look(path, rules.In(path), isDeep, found);
            }
            else if (_files.Has(path, rules) && new FileInfo(path) is { Exists: true } file) found[path] = (file.LastWriteTimeUtc, file.Length);
    }

    // Links to folders are not followed: they may lead in a circle, or out of the project.
    private static List<(string Path, bool IsFolder)> Entries(string folder)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFileSystemInfos().Select(e => (e.FullName, e is DirectoryInfo && !e.Attributes.HasFlag(FileAttributes.ReparsePoint)))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // gone, or not ours
        }
    }
}
