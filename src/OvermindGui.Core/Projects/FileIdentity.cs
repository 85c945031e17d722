using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace OvermindGui.Core.Projects;

/// <summary>
/// Tells a file from another that took its name. .NET's creation time cannot on Linux: it is the older of last write and last change
/// of the inode, so that every checkpoint of the database moves it.
/// </summary>
public readonly partial record struct FileIdentity
{
    private const int CurrentDirectory = -100;
    private const uint InodeAndBirth = 0x100 | 0x800;

    private readonly ulong _inode;
    private readonly long _birth;

    private FileIdentity(ulong inode, long birth) => (_inode, _birth) = (inode, birth);

    /// <summary>No file of this name: the default value.</summary>
    public bool IsMissing => this == default;

    public static FileIdentity Of(string path)
    {
        if (!OperatingSystem.IsLinux())
            return File.Exists(path) ? new FileIdentity(0, File.GetCreationTimeUtc(path).Ticks) : default;

        // struct statx (linux/stat.h) is the same on every architecture: inode at 32, birth at 80 as seconds and nanoseconds.
        Span<byte> status = stackalloc byte[256];
        if (StatX(CurrentDirectory, path, 0, InodeAndBirth, ref MemoryMarshal.GetReference(status)) != 0) return default;
        var seconds = BinaryPrimitives.ReadInt64LittleEndian(status[80..]);
        var nanoseconds = BinaryPrimitives.ReadUInt32LittleEndian(status[88..]);
        return new FileIdentity(BinaryPrimitives.ReadUInt64LittleEndian(status[32..]), seconds * 1_000_000_000 + nanoseconds);
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int directory, string path, int flags, uint mask, ref byte status);
}
