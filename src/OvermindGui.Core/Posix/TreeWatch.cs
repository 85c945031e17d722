using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using static OvermindGui.Core.Posix.Inotify;

namespace OvermindGui.Core.Posix;

/// <summary>Reports changes to the entries of any number of folders, using one inotify(7) descriptor and one thread that sleeps until then.</summary>
internal sealed class TreeWatch : IDisposable
{
    // Lets the kernel merge events of a flood, such as a checkout.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(5);

    private readonly int _inotify;
    private readonly int _stop;
    private readonly Lock _gate = new();
    private readonly Dictionary<int, string> _folders = [];
    private volatile bool _disposed;

    /// <summary>What happened to an entry of a watched folder.</summary>
    /// <param name="Path">Absolute; null when events were lost.</param>
    /// <param name="Exists">False when it was deleted or moved away.</param>
    internal readonly record struct Change(string? Path, bool IsFolder, bool Exists);

    /// <summary>The error number for a system that has no watches left.</summary>
    public const int NoWatchesLeft = 28; // ENOSPC

    /// <exception cref="Win32Exception">There are no inotify instances left.</exception>
    public TreeWatch()
    {
        _inotify = InitInotify(CloseOnExec);
        if (_inotify < 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
        _stop = AddWatch(_inotify, "/", Deleted | OnlyFolders); // removing it wakes the thread
    }

    /// <summary>Number of watched folders.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _folders.Count;
        }
    }

    /// <summary>Watches a folder, not what is below it. Does nothing to one that does not exist.</summary>
    /// <exception cref="Win32Exception">The system has no watches left (<see cref="NoWatchesLeft"/>).</exception>
    public void Add(string folder)
    {
        lock (_gate)
        {
            if (_disposed) return;
            var watch = AddWatch(_inotify, folder, ClosedAfterWriting | MovedAway | MovedHere | Created | Deleted | OnlyFolders);
            if (watch >= 0) _folders[watch] = folder;
            else if (Marshal.GetLastPInvokeError() == NoWatchesLeft) throw new Win32Exception(NoWatchesLeft);
        }
    }

    /// <summary>Watches a folder and those below it no more: it was moved away.</summary>
    public void Remove(string folder)
    {
        lock (_gate)
        {
            foreach (var (watch, path) in _folders.Where(f => f.Value == folder || f.Value.StartsWith(folder + "/", StringComparison.Ordinal)).ToList())
            {
                _folders.Remove(watch);
                _ = RemoveWatch(_inotify, watch);
            }
        }
    }

    /// <summary>Starts reporting, on a thread of its own.</summary>
    public void Start(Action<Change> changed) => new Thread(() => Run(changed)) { IsBackground = true, Name = "watches files" }.Start();

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
        }

        _ = RemoveWatch(_inotify, _stop);
    }

    private void Run(Action<Change> changed)
    {
        var events = new byte[64 * 1024];
        while (!_disposed)
        {
            var length = (int)Read(_inotify, events, (nuint)events.Length);
            if (length < 0 && Marshal.GetLastPInvokeError() == Interrupted) continue;
            if (length <= 0) break;
            Report(events.AsSpan(0, length), changed);
            Thread.Sleep(Rest);
        }

        _ = Close(_inotify);
    }

    private void Report(ReadOnlySpan<byte> events, Action<Change> changed)
    {
        while (events.Length >= HeaderSize && !_disposed)
        {
            var watch = MemoryMarshal.Read<int>(events);
            var mask = MemoryMarshal.Read<uint>(events[4..]);
            var nameLength = MemoryMarshal.Read<int>(events[12..]);
            var name = Encoding.UTF8.GetString(events.Slice(HeaderSize, nameLength).TrimEnd((byte)0));
            events = events[(HeaderSize + nameLength)..];
            if ((mask & Overflow) != 0) changed(new Change(null, IsFolder: false, Exists: true));
            else if (FolderOf(watch, mask) is { } folder && name.Length > 0)
                changed(new Change($"{folder}/{name}", (mask & IsFolder) != 0, (mask & (Deleted | MovedAway)) == 0));
        }
    }

    private string? FolderOf(int watch, uint mask)
    {
        lock (_gate)
        {
            if ((mask & Ignored) == 0) return _folders.GetValueOrDefault(watch);
            _folders.Remove(watch);
            return null;
        }
    }
}
