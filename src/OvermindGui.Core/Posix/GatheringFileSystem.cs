using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OvermindGui.Core.Posix;

/// <summary>
/// A file system of SQLite (sqlite.org/vfs.html) for the connection that writes most: the frames of a transaction reach the write-ahead log at
/// once, instead of by two small writes each, which would take four times the CPU and wake all that watch the log every time. The last frame,
/// which commits the others, is written behind them by SQLite itself, so nothing is held here when a transaction counts, and errors are SQLite's
/// to handle. All else is the default file system's. The connection must not spill its cache: frames then come only with their commit.
/// </summary>
public static unsafe partial class GatheringFileSystem
{
    /// <summary>For SQLite, once it is registered.</summary>
    public const string Name = "gathering";

    private const string Library = "e_sqlite3";
    private const int OpensLog = 0x80000; // SQLITE_OPEN_WAL
    private const int Ok = 0, WriteError = 778; // SQLITE_IOERR_WRITE
    private const int FrameHeaderSize = 24;
    private const int Capacity = 120 * 1024; // the default one writes less than 128 KiB at once

    private static readonly Lazy<bool> Registered = new(() => Register(Own, isDefault: 0) == Ok);
    private static readonly FileSystem* Default = Find(null);
    private static readonly FileSystem* Own = Make();

    // As sqlite3.h has them; what is not used here is a number.
    [StructLayout(LayoutKind.Sequential)]
    private struct FileSystem
    {
        public int Version, FileSize, LongestPath;
        public nint Next;
        public byte* Name;
        public nint Data;
        public delegate* unmanaged[Cdecl]<FileSystem*, byte*, LogFile*, int, int*, int> Open;
        public OtherCalls Others;

        [InlineArray(15)]
        public struct OtherCalls
        {
            private nint _first;
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Methods
    {
        public int Version;
        public delegate* unmanaged[Cdecl]<LogFile*, int> Close;
        public delegate* unmanaged[Cdecl]<LogFile*, byte*, int, long, int> Read, Write;
        public delegate* unmanaged[Cdecl]<LogFile*, long, int> Truncate;
        public delegate* unmanaged[Cdecl]<LogFile*, int, int> Sync;
        public delegate* unmanaged[Cdecl]<LogFile*, long*, int> FileSize;
        public OtherCalls Others;

        [InlineArray(12)]
        public struct OtherCalls
        {
            private nint _first;
        }
    }

    // The default file system's own state follows the methods, and ours that.
    [StructLayout(LayoutKind.Sequential)]
    private struct LogFile
    {
        public Methods* Methods;
    }

    private struct Gathered
    {
        public Methods Methods;
        public Methods* Default;
        public byte* Bytes;
        public int Length;
        public bool EndsInHeader; // of a frame: its page is next
        public long Offset;
    }

    /// <summary>Makes it known to SQLite. False when SQLite does not take it.</summary>
    public static bool TryRegister() => Registered.Value;

    private static FileSystem* Make()
    {
        var own = (FileSystem*)NativeMemory.Alloc((nuint)sizeof(FileSystem));
        *own = *Default;
        own->Next = 0;
        own->Name = (byte*)Marshal.StringToCoTaskMemUTF8(Name);
        own->FileSize = StateAt + sizeof(Gathered);
        own->Open = &Open;
        return own;
    }

    private static int StateAt => Default->FileSize + 7 & ~7;

    private static Gathered* StateOf(LogFile* file) => (Gathered*)((byte*)file + StateAt);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(FileSystem* self, byte* path, LogFile* file, int flags, int* actualFlags)
    {
        var result = Default->Open(Default, path, file, flags, actualFlags);
        if (result != Ok || (flags & OpensLog) == 0) return result;
        var state = StateOf(file);
        *state = new Gathered { Methods = *file->Methods, Default = file->Methods };
        state->Methods.Close = &Close;
        state->Methods.Read = &Read;
        state->Methods.Write = &Write;
        state->Methods.Truncate = &Truncate;
        state->Methods.Sync = &Sync;
        state->Methods.FileSize = &FileSize;
        file->Methods = &state->Methods;
        return Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(LogFile* file, byte* bytes, int count, long offset)
    {
        var state = StateOf(file);
        if (state->Length > 0 && offset != state->Offset + state->Length)
        {
            state->Length = 0; // of a transaction that has failed
            return WriteError;
        }

        if (state->Length + count <= Capacity && (state->EndsInHeader || IsFrameBeforeCommit(bytes, count)))
        {
            Gather(state, bytes, count, offset);
            return Ok;
        }

        return WriteGathered(file) is var result and not Ok ? result : state->Default->Write(file, bytes, count, offset);
    }

    // The header of the last frame of a transaction says how many pages the database has then.
    private static bool IsFrameBeforeCommit(byte* bytes, int count) =>
        count == FrameHeaderSize && BinaryPrimitives.ReadUInt32BigEndian(new ReadOnlySpan<byte>(bytes + 4, sizeof(uint))) == 0;

    private static void Gather(Gathered* state, byte* bytes, int count, long offset)
    {
        if (state->Bytes is null) state->Bytes = (byte*)NativeMemory.Alloc(Capacity);
        if (state->Length == 0) state->Offset = offset;
        NativeMemory.Copy(bytes, state->Bytes + state->Length, (nuint)count);
        state->Length += count;
        state->EndsInHeader = !state->EndsInHeader;
    }

    private static int WriteGathered(LogFile* file)
    {
        var state = StateOf(file);
        var length = state->Length;
        (state->Length, state->EndsInHeader) = (0, false);
        return length == 0 ? Ok : state->Default->Write(file, state->Bytes, length, state->Offset);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(LogFile* file, byte* bytes, int count, long offset) =>
        WriteGathered(file) is var result and not Ok ? result : StateOf(file)->Default->Read(file, bytes, count, offset);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(LogFile* file, long size) =>
        WriteGathered(file) is var result and not Ok ? result : StateOf(file)->Default->Truncate(file, size);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(LogFile* file, int flags) =>
        WriteGathered(file) is var result and not Ok ? result : StateOf(file)->Default->Sync(file, flags);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FileSize(LogFile* file, long* size) =>
        WriteGathered(file) is var result and not Ok ? result : StateOf(file)->Default->FileSize(file, size);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(LogFile* file)
    {
        var state = StateOf(file);
        NativeMemory.Free(state->Bytes);
        return state->Default->Close(file);
    }

    [LibraryImport(Library, EntryPoint = "sqlite3_vfs_find")]
    private static partial FileSystem* Find(byte* name);

    [LibraryImport(Library, EntryPoint = "sqlite3_vfs_register")]
    private static partial int Register(FileSystem* own, int isDefault);
}
