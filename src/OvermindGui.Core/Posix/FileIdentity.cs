using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace OvermindGui.Core.Posix;

/// <summary>
/// Tells one file from another that took its name: inode and time of birth. .NET's creation time will not do on Linux, where it
/// moves with every write.
/// </summary>
public readonly partial record struct FileIdentity(ulong Inode, long Birth)
{
    // statx(2); the layout of struct statx is the same on every architecture.
    private const int StructSize = 256;
    private const int InodeOffset = 32;
    private const int BirthOffset = 80;
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint InodeAndBirth = 0x100 | 0x800; // STATX_INO | STATX_BTIME

    /// <summary>Null when there is no such file.</summary>
    public static FileIdentity? Of(string path)
    {
        if (!OperatingSystem.IsLinux()) return File.Exists(path) ? new FileIdentity(0, File.GetCreationTimeUtc(path).Ticks) : null;
        Span<byte> status = stackalloc byte[StructSize];
        if (StatX(CurrentFolder, path, 0, InodeAndBirth, ref MemoryMarshal.GetReference(status)) != 0) return null;
        var seconds = BinaryPrimitives.ReadInt64LittleEndian(status[BirthOffset..]);
        var nanoseconds = BinaryPrimitives.ReadUInt32LittleEndian(status[(BirthOffset + 8)..]);
        return new FileIdentity(BinaryPrimitives.ReadUInt64LittleEndian(status[InodeOffset..]), seconds * 1_000_000_000 + nanoseconds);
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, ref byte status);
}
