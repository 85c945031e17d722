using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace OvermindGui.Core.Posix;

/// <summary>The kind of a directory entry.</summary>
public enum FileKind
{
    Regular,
    Folder,
    Link,
    Pipe,
    Socket,
    Device,
}

/// <summary>A file's metadata, read without opening the file and, by default, without following links.</summary>
/// <param name="Owner">User id; null on systems where it is not queried.</param>
public readonly partial record struct FileStatus(FileKind Kind, UnixFileMode Mode, uint? Owner, long Size, FileIdentity Identity)
{
    /// <summary>Of the file system.</summary>
    public (uint Major, uint Minor) Device { get; init; }

    /// <summary>When its content was changed last; null where it is not queried.</summary>
    public (long Seconds, uint Nanoseconds)? Modified { get; init; }

    /// <summary>The mount, which differs between bind mounts of one file system; 0 where the system does not say.</summary>
    public ulong Mount { get; init; }

    // statx(2); the layout of struct statx is the same on every architecture.
    private const int StructSize = 256;
    private const int OwnerOffset = 20;
    private const int ModeOffset = 28;
    private const int InodeOffset = 32;
    private const int SizeOffset = 40;
    private const int BirthOffset = 80;
    private const int ModifiedOffset = 112;
    private const int DeviceOffset = 136;
    private const int MountOffset = 144;
    private const uint MountWanted = 0x1000; // STATX_MNT_ID
    private const uint Wanted = 0x7ff | 0x800 | MountWanted; // STATX_BASIC_STATS | STATX_BTIME
    private const int CurrentFolder = -100; // AT_FDCWD
    private const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const int EmptyPath = 0x1000; // AT_EMPTY_PATH
    private const int KindMask = 0xF000;

    /// <summary>Null when the entry does not exist or cannot be queried.</summary>
    public static FileStatus? Of(string path, bool followLinks = false) =>
        OperatingSystem.IsLinux() ? Ask(CurrentFolder, path, followLinks ? 0 : NoFollow) : AskRuntime(path, followLinks);

    /// <summary>Of an open file.</summary>
    public static FileStatus? Of(SafeHandle file)
    {
        if (!OperatingSystem.IsLinux()) return null;
        var added = false;
        try
        {
            file.DangerousAddRef(ref added);
            return Ask((int)file.DangerousGetHandle(), "", EmptyPath);
        }
        finally
        {
            if (added) file.DangerousRelease();
        }
    }

    private static FileStatus? Ask(int folder, string path, int flags)
    {
        Span<byte> status = stackalloc byte[StructSize];
        if (StatX(folder, path, flags, Wanted, ref MemoryMarshal.GetReference(status)) != 0) return null;
        var mode = BinaryPrimitives.ReadUInt16LittleEndian(status[ModeOffset..]);
        var seconds = BinaryPrimitives.ReadInt64LittleEndian(status[BirthOffset..]);
        var nanoseconds = BinaryPrimitives.ReadUInt32LittleEndian(status[(BirthOffset + 8)..]);
        return new FileStatus(
            KindOf(mode & KindMask),
            (UnixFileMode)(mode & ~KindMask),
            BinaryPrimitives.ReadUInt32LittleEndian(status[OwnerOffset..]),
            BinaryPrimitives.ReadInt64LittleEndian(status[SizeOffset..]),
            new FileIdentity(BinaryPrimitives.ReadUInt64LittleEndian(status[InodeOffset..]), seconds * 1_000_000_000 + nanoseconds))
        {
            Device = (BinaryPrimitives.ReadUInt32LittleEndian(status[DeviceOffset..]), BinaryPrimitives.ReadUInt32LittleEndian(status[(DeviceOffset + 4)..])),
            Modified = (BinaryPrimitives.ReadInt64LittleEndian(status[ModifiedOffset..]), BinaryPrimitives.ReadUInt32LittleEndian(status[(ModifiedOffset + 8)..])),
            Mount = (BinaryPrimitives.ReadUInt32LittleEndian(status) & MountWanted) != 0 ? BinaryPrimitives.ReadUInt64LittleEndian(status[MountOffset..]) : 0,
        };
    }

    private static FileKind KindOf(int type) => type switch
    {
        0x8000 => FileKind.Regular,
        0x4000 => FileKind.Folder,
        0xA000 => FileKind.Link,
        0x1000 => FileKind.Pipe,
        0xC000 => FileKind.Socket,
        _ => FileKind.Device,
    };

    // On systems other than Linux: .NET's metadata, which does not distinguish pipes, sockets and devices.
    private static FileStatus? AskRuntime(string path, bool followLinks)
    {
        FileSystemInfo entry = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        if (entry.LinkTarget is not null && followLinks) entry = entry.ResolveLinkTarget(returnFinalTarget: true) ?? entry;
        if (!entry.Exists) return null;
        var kind = entry.LinkTarget is not null ? FileKind.Link
            : entry is DirectoryInfo ? FileKind.Folder
            : entry.Attributes.HasFlag(FileAttributes.Device) ? FileKind.Device
            : FileKind.Regular;
        return new FileStatus(
            kind, OperatingSystem.IsWindows() ? default : entry.UnixFileMode, null, entry is FileInfo file ? file.Length : 0,
            new FileIdentity(0, entry.CreationTimeUtc.Ticks))
        {
            Modified = (entry.LastWriteTimeUtc.Ticks / TimeSpan.TicksPerSecond, (uint)(entry.LastWriteTimeUtc.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick)),
        };
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, ref byte status);
}
