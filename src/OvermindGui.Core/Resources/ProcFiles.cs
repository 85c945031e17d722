using System.Buffers.Text;

namespace OvermindGui.Core.Resources;

/// <summary>Reads small files of <c>/proc</c> and of control groups into one buffer. Not thread-safe.</summary>
/// <param name="root">Another folder than <c>/proc</c>, for tests.</param>
internal sealed class ProcFiles(string root = "/proc")
{
    private readonly byte[] _buffer = new byte[16 * 1024];

    public string Root => root;

    /// <summary>The file's beginning, valid until the next call; empty when there is none, or it may not be read.</summary>
    public ReadOnlySpan<byte> Read(string path)
    {
        try
        {
            // With shared access .NET takes no lock, which would cost a system call.
            using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            return _buffer.AsSpan(0, RandomAccess.Read(file, _buffer, 0));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // ended, or another user's
        }
    }

    public ProcessStat? Stat(int pid) => ProcessStat.Parse(pid, Read($"{root}/{pid}/stat"));

    /// <summary>The number behind a key at the beginning of a line, such as <c>Pss:</c>; null when there is none.</summary>
    public static long? Number(ReadOnlySpan<byte> text, ReadOnlySpan<byte> key)
    {
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range];
            if (!line.StartsWith(key)) continue;
            return Utf8Parser.TryParse(line[key.Length..].TrimStart(" \t"u8), out long value, out _) ? value : null;
        }

        return null;
    }

    /// <summary>Number of open files of a process; 0 when they may not be seen.</summary>
    public int OpenFiles(int pid)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries($"{root}/{pid}/fd").Count();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
