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
internal sealed class WriteAheadLog(SqliteConnection connection, string path)
{
    /// <summary>Number of frames (4 MiB) between two checkpoints, as in SQLite itself.</summary>
    private const long FramesBetweenCheckpoints = 1_000;

    private const int HeaderSize = 32, FrameHeaderSize = 24;
    private const uint LittleEndian = 0x377f0682, BigEndian = 0x377f0683;

    private readonly int _pageSize = (int)(long)connection.Scalar("PRAGMA page_size")!;
    private State _state;

    // Where the last verification ended that the database has caught up with; the sums go on from there.
    private Mark _verified;

    /// <param name="Frames">In the log.</param>
    /// <param name="Checkpointed">Of these, in the database as well.</param>
    private readonly record struct State(long Frames, long Checkpointed);

    private readonly record struct Mark(ulong Salt, long Frames, uint Sum1, uint Sum2);

    /// <summary>Nothing is in the log that the database does not have.</summary>
    public bool IsInDatabase => _state.Frames == _state.Checkpointed;

    /// <summary>The log has grown so long that <see cref="TryCheckpoint"/> is worth its cost.</summary>
    public bool IsCheckpointDue => _state.Frames - _state.Checkpointed >= FramesBetweenCheckpoints;

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
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var header = new byte[HeaderSize];
        if (RandomAccess.Read(file, header, 0) < HeaderSize || !IsIntact(header, out var littleEndian, out var mark)) return false;
        if (_verified.Salt == mark.Salt && _verified.Frames <= _state.Checkpointed) mark = _verified;

        var frame = new byte[FrameHeaderSize + _pageSize];
        while (mark.Frames < _state.Frames)
        {
            if (RandomAccess.Read(file, frame, HeaderSize + mark.Frames * frame.Length) < frame.Length) return false;
            if (BinaryPrimitives.ReadUInt64BigEndian(frame.AsSpan(8)) != mark.Salt) return false;
            var (sum1, sum2) = Sum(frame.AsSpan(0, 8), littleEndian, mark.Sum1, mark.Sum2);
            (sum1, sum2) = Sum(frame.AsSpan(FrameHeaderSize), littleEndian, sum1, sum2);
            if (!Holds(frame.AsSpan(16), sum1, sum2)) return false;
            mark = new Mark(mark.Salt, mark.Frames + 1, sum1, sum2);
        }

        _verified = mark;
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
        if (new WriteAheadLog(connection, path).IsIntact()) connection.Execute(null, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private State Ask() =>
        connection.Query("PRAGMA wal_checkpoint(NOOP)", row => new State(Math.Max(0, row.GetInt64(1)), Math.Max(0, row.GetInt64(2)))) is [var state] ? state : default;

    private bool IsShort(State state) =>
        state.Frames > state.Checkpointed && (new FileInfo(path) is { Exists: true } file ? file.Length : 0) < HeaderSize + state.Frames * (FrameHeaderSize + _pageSize);

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
