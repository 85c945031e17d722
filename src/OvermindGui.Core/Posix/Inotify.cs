using System.Runtime.InteropServices;

namespace OvermindGui.Core.Posix;

/// <summary>The calls and constants of inotify(7), for the watches that are built on it.</summary>
internal static partial class Inotify
{
    public const uint Modified = 0x2, ClosedAfterWriting = 0x8, MovedAway = 0x40, MovedHere = 0x80, Created = 0x100, Deleted = 0x200;
    public const uint Overflow = 0x4000, Ignored = 0x8000, OnlyFolders = 0x1000000, IsFolder = 0x40000000;
    public const int CloseOnExec = 0x80000;
    public const int Interrupted = 4; // EINTR
    public const int HeaderSize = 16; // struct inotify_event: descriptor, mask, cookie, length of the name that follows

    [LibraryImport("libc", EntryPoint = "inotify_init1", SetLastError = true)]
    public static partial int InitInotify(int flags);

    [LibraryImport("libc", EntryPoint = "inotify_add_watch", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int AddWatch(int inotify, string path, uint mask);

    [LibraryImport("libc", EntryPoint = "inotify_rm_watch", SetLastError = true)]
    public static partial int RemoveWatch(int inotify, int watch);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, [Out] byte[] buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);
}
