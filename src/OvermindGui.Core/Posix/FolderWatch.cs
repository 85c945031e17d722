using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace OvermindGui.Core.Posix;

/// <summary>
/// Tells that one file of a folder was written, made or replaced, by inotify(7). .NET's watcher wakes for every write: a flood of
/// output is thirty thousand of them a second, each with a change of thread, in the very process that writes. This one rests after each
/// look, in which the kernel merges what is the same.
/// </summary>
internal sealed partial class FolderWatch : IDisposable
{
    private const uint Modified = 0x2, ClosedAfterWriting = 0x8, MovedAway = 0x40, MovedHere = 0x80, Created = 0x100, Deleted = 0x200;
    private const uint Overflow = 0x4000, Ignored = 0x8000;
    private const int CloseOnExec = 0x80000;
    private const int Interrupted = 4;
    private const int HeaderSize = 16; // struct inotify_event: descriptor, mask, cookie, length of the name that follows

    /// <summary>Every write, for a file that is written on and on.</summary>
    public const uint Writes = Modified | MovedHere | Created;

    /// <summary>What people and programs do to a file that they save as a whole. A flood of writes to its neighbours wakes nobody.</summary>
    public const uint Saves = ClosedAfterWriting | MovedAway | MovedHere | Created | Deleted;

    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(3);

    private readonly byte[] _name;
    private readonly Action _changed;
    private readonly int _inotify;
    private readonly int _watch;

    /// <param name="events"><see cref="Writes"/> or <see cref="Saves"/>.</param>
    /// <exception cref="Win32Exception">The system has no watch to give; its limit is in fs.inotify.</exception>
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

    /// <summary>Ends the thread, which closes what it reads from: the end of the watch is an event too.</summary>
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
