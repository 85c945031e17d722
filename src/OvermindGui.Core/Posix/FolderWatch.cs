using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace OvermindGui.Core.Posix;

/// <summary>
/// Signals that a specific file in a folder was written, created or replaced, using inotify(7). .NET's watcher wakes for every write,
/// thirty thousand times per second in a flood of output, each time with a thread switch in the process that writes. This class pauses
/// after each read, so that the kernel merges identical events.
/// </summary>
internal sealed partial class FolderWatch : IDisposable
{
    private const uint Modified = 0x2, ClosedAfterWriting = 0x8, MovedAway = 0x40, MovedHere = 0x80, Created = 0x100, Deleted = 0x200;
    private const uint Overflow = 0x4000, Ignored = 0x8000;
    private const int CloseOnExec = 0x80000;
    private const int Interrupted = 4;
    private const int HeaderSize = 16; // struct inotify_event: descriptor, mask, cookie, length of the name that follows

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

    [LibraryImport("libc", EntryPoint = "inotify_init1", SetLastError = true)]
    private static partial int InitInotify(int flags);

    [LibraryImport("libc", EntryPoint = "inotify_add_watch", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int AddWatch(int inotify, string path, uint mask);

    [LibraryImport("libc", EntryPoint = "inotify_rm_watch", SetLastError = true)]
    private static partial int RemoveWatch(int inotify, int watch);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int descriptor, [Out] byte[] buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
