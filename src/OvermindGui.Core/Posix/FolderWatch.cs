using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using static OvermindGui.Core.Posix.Inotify;

namespace OvermindGui.Core.Posix;

/// <summary>
/// Signals that a specific file in a folder was written, created or replaced, using inotify(7). .NET's watcher wakes for every write,
/// thirty thousand times per second in a flood of output, each time with a thread switch in the process that writes. This class pauses
/// after each read, so that the kernel merges identical events.
/// </summary>
internal sealed class FolderWatch : IDisposable
{
    /// <summary>Events for a file that is written continuously.</summary>
    public const uint Writes = Modified | MovedHere | Created;

    /// <summary>
    /// Events for a file that is saved as a whole. Ignores individual writes, so busy files in the same folder do not wake the thread.
    /// </summary>
    public const uint Saves = ClosedAfterWriting | MovedAway | MovedHere | Created | Deleted;

    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(3);

    private readonly byte[] _name;
    private readonly Action _changed;
    private readonly int _inotify;
    private readonly int _watch;

    /// <param name="events"><see cref="Writes"/> or <see cref="Saves"/>.</param>
    /// <exception cref="Win32Exception">The system has no inotify watches left; the limits are in fs.inotify.</exception>
    public FolderWatch(string folder, string file, uint events, Action changed)
    {
        (_name, _changed) = (Encoding.UTF8.GetBytes(file), changed);
        _inotify = InitInotify(CloseOnExec);
        if (_inotify < 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
        _watch = AddWatch(_inotify, folder, events);
        if (_watch < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            _ = Close(_inotify);
            throw new Win32Exception(error);
        }

        new Thread(Run) { IsBackground = true, Name = $"watches {file}" }.Start();
    }

    /// <summary>Ends the thread, which then closes its descriptor: removing the watch also raises an event.</summary>
    public void Dispose() => _ = RemoveWatch(_inotify, _watch);

    private void Run()
    {
        var events = new byte[4096];
        var ended = false;
        while (!ended)
        {
            var length = (int)Read(_inotify, events, (nuint)events.Length);
            if (length < 0 && Marshal.GetLastPInvokeError() == Interrupted) continue;
            if (length <= 0) break;
            if (IsOurs(events.AsSpan(0, length), out ended)) _changed();
            Thread.Sleep(Rest);
        }

        _ = Close(_inotify);
    }

    private bool IsOurs(ReadOnlySpan<byte> events, out bool ended)
    {
        var ours = ended = false;
        while (events.Length >= HeaderSize)
        {
            var mask = MemoryMarshal.Read<uint>(events[4..]);
            var nameLength = MemoryMarshal.Read<int>(events[12..]);
            ended |= (mask & Ignored) != 0;
            ours |= (mask & Overflow) != 0 || events.Slice(HeaderSize, nameLength).TrimEnd((byte)0).SequenceEqual(_name);
            events = events[(HeaderSize + nameLength)..];
        }

        return ours;
    }
}
