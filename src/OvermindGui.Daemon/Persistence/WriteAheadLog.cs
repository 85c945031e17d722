using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Storage;

namespace OvermindGui.Daemon.Persistence;

/// <summary>
/// Compares the write-ahead log on disk with what SQLite has written. SQLite verifies the checksums of its frames only when it opens a
/// log that was left over, never while the log is in use: if another program truncated or overwrote the file, a checkpoint would copy
/// the damage into the database. So automatic checkpoints are off (<see cref="ConnectionSettings"/>); the writer verifies the frames
/// and then checkpoints. The format is described at sqlite.org/fileformat2.html#walformat.
/// </summary>
/// <param name="path">Where it is now: the folder may be moved.</param>
internal sealed class WriteAheadLog(SqliteConnection connection, Func<string> path) : IDisposable
{
    private const int HeaderSize = 32, FrameHeaderSize = 24;
    private const int FramesAtOnce = 16; // that are read
    private const uint LittleEndian = 0x377f0682, BigEndian = 0x377f0683;

    private readonly PreparedStatement _ask = new(connection, "PRAGMA wal_checkpoint(NOOP)");
    private readonly int _pageSize = (int)(long)connection.Scalar("PRAGMA page_size")!;
    private State _state;

    // Where verifications can go on: what is in front of the last one that the database has reached is not read again.
    private readonly List<Mark> _marks = [];

    /// <param name="Frames">In the log.</param>
    /// <param name="Checkpointed">Of these, in the database as well.</param>
    private readonly record struct State(long Frames, long Checkpointed);

    private readonly record struct Mark(ulong Salt, long Frames, uint Sum1, uint Sum2);

    private int FrameSize => FrameHeaderSize + _pageSize;

    /// <summary>Nothing is in the log that the database does not have.</summary>
    public bool IsInDatabase => _state.Frames == _state.Checkpointed;

    /// <summary>Number of frames that the database does not have.</summary>
    public long Missing => _state.Frames - _state.Checkpointed;

    /// <summary>Notes what the log holds; to be called after each commit.</summary>
    public void Note() => _state = Ask();

    /// <summary>The file is shorter than what was written to it, and this is not the result of a checkpoint.</summary>
    public bool IsTruncated()
    {
        if (!IsShort(_state)) return false;
        Note();
        return IsShort(_state);
    }

    /// <summary>Reads the log and verifies each frame that the database does not have.</summary>
    public bool IsIntact()
    {
        Note();
        if (IsInDatabase) return true; // nothing reads it any more
        using var file = File.OpenHandle(path(), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var header = new byte[HeaderSize];
        if (RandomAccess.Read(file, header, 0) < HeaderSize || !IsIntact(header, out var littleEndian, out var mark)) return false;
        var reached = _marks.FindLastIndex(m => m.Frames <= _state.Checkpointed);
        if (reached >= 0 && _marks[reached].Salt == mark.Salt) mark = _marks[reached];
        _marks.Clear();
        _marks.Add(mark);

        var frames = new byte[FramesAtOnce * FrameSize];
        while (mark.Frames < _state.Frames)
        {
            var some = frames.AsSpan(0, (int)Math.Min(FramesAtOnce, _state.Frames - mark.Frames) * FrameSize);
            if (RandomAccess.Read(file, some, HeaderSize + mark.Frames * FrameSize) < some.Length) return false;
            for (; some.Length > 0; some = some[FrameSize..])
                if (!IsIntact(some[..FrameSize], littleEndian, ref mark)) return false;
            _marks.Add(mark);
        }

        return true;
    }

    /// <summary>Copies the log into the database, but for what readers still need. False, and nothing is copied, when the log is not what was written.</summary>
    public bool TryCheckpoint()
    {
        if (!IsIntact()) return false;
        connection.Execute(null, "PRAGMA wal_checkpoint(PASSIVE)");
        Note();
        return true;
    }

    /// <summary>Copies all of it and empties the log, as the last to use it. A log that is not what was written stays for the next start.</summary>
    public static void Finish(SqliteConnection connection, string path)
    {
        using var log = new WriteAheadLog(connection, () => path);
        if (log.IsIntact()) connection.Execute(null, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    public void Dispose() => _ask.Dispose();

    private State Ask() => _ask.ReadNumbers() is var (_, frames, checkpointed) ? new State(Math.Max(0, frames), Math.Max(0, checkpointed)) : default;

    private bool IsShort(State state) =>
        state.Frames > state.Checkpointed && (new FileInfo(path()) is { Exists: true } file ? file.Length : 0) < HeaderSize + state.Frames * FrameSize;

    // The frame behind the mark, which is then behind the frame.
    private static bool IsIntact(ReadOnlySpan<byte> frame, bool littleEndian, ref Mark mark)
    {
        if (BinaryPrimitives.ReadUInt64BigEndian(frame[8..]) != mark.Salt) return false;
        var (sum1, sum2) = Sum(frame[..8], littleEndian, mark.Sum1, mark.Sum2);
        (sum1, sum2) = Sum(frame[FrameHeaderSize..], littleEndian, sum1, sum2);
        mark = new Mark(mark.Salt, mark.Frames + 1, sum1, sum2);
        return Holds(frame[16..], sum1, sum2);
    }

    private bool IsIntact(ReadOnlySpan<byte> header, out bool littleEndian, out Mark start)
    {
        var magic = BinaryPrimitives.ReadUInt32BigEndian(header);
        littleEndian = magic == LittleEndian;
        var (sum1, sum2) = Sum(header[..24], littleEndian, 0, 0);
        start = new Mark(BinaryPrimitives.ReadUInt64BigEndian(header[16..]), 0, sum1, sum2);
        return magic is LittleEndian or BigEndian && BinaryPrimitives.ReadInt32BigEndian(header[8..]) == _pageSize && Holds(header[24..], sum1, sum2);
    }

    private static bool Holds(ReadOnlySpan<byte> stored, uint sum1, uint sum2) =>
        BinaryPrimitives.ReadUInt32BigEndian(stored) == sum1 && BinaryPrimitives.ReadUInt32BigEndian(stored[4..]) == sum2;

    // Two sums that feed each other, over pairs of words in the byte order that the log was made in.
    private static (uint Sum1, uint Sum2) Sum(ReadOnlySpan<byte> bytes, bool littleEndian, uint sum1, uint sum2)
    {
        var words = MemoryMarshal.Cast<byte, uint>(bytes);
        var swap = littleEndian != BitConverter.IsLittleEndian;
        for (var i = 0; i + 1 < words.Length; i += 2)
        {
            sum1 += (swap ? BinaryPrimitives.ReverseEndianness(words[i]) : words[i]) + sum2;
            sum2 += (swap ? BinaryPrimitives.ReverseEndianness(words[i + 1]) : words[i + 1]) + sum1;
        }

        return (sum1, sum2);
    }
}
