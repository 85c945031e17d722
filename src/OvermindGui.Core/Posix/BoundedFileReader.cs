using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OvermindGui.Core.Posix;

/// <summary>
/// Reads a hand-written file: a Procfile, environment files, settings. Such a file is small and local. A huge file, a device, an idle pipe,
/// or a file system that does not respond causes an error after a short time.
/// </summary>
public static class BoundedFileReader
{
    /// <summary>Maximum size of a project file.</summary>
    public const int LargestFile = 4 << 20;

    /// <summary>Time limit for a pipe or a slow file system.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(2);

    private const int Chunk = 64 * 1024;

    private const int ReadersOfOneFile = 4;

    // Limits the number of threads that a file system without response can block, however often the file is requested.
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Readers = [];

    /// <summary>Returns the whole content. Follows links.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    /// <exception cref="IOException">
    /// The file cannot be read, is too large, is neither file nor pipe, or does not respond; the message says which.
    /// </exception>
    public static byte[] Read(string path, int largest = LargestFile)
    {
        var readers = Readers.GetOrAdd(path, _ => new SemaphoreSlim(ReadersOfOneFile));
        if (!readers.Wait(Patience)) throw NoAnswer();
        // Uses its own thread: open and read block in the kernel when a file system does not respond, and cannot be cancelled.
        var reading = Task.Factory.StartNew(
            () => ReadAndLeave(path, largest, readers), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        // For a pipe, the thread itself times out slightly earlier.
        return Task.WaitAny([reading], Patience + TimeSpan.FromMilliseconds(500)) == 0 ? reading.GetAwaiter().GetResult() : throw NoAnswer();
    }

    private static byte[] ReadAndLeave(string path, int largest, SemaphoreSlim readers)
    {
        try
        {
            return ReadHere(path, largest);
        }
        finally
        {
            readers.Release();
        }
    }

    private static IOException NoAnswer() => new($"its file system does not answer within {Patience.TotalSeconds:0} s");

    private static byte[] ReadHere(string path, int largest)
    {
        using var file = FileOpening.Open(path, OpenModes.FollowLinks);
        var status = FileStatus.Of(file);
        return (status?.Kind ?? FileKind.Regular) switch
        {
            FileKind.Regular when status?.Size > largest => throw TooLarge(largest),
            FileKind.Regular => ReadToEnd(file, largest, waiting: null),
            FileKind.Pipe => ReadToEnd(file, largest, Stopwatch.StartNew()),
            FileKind.Folder => throw new IOException("it is a folder"),
            _ => throw new IOException("it is neither a file nor a pipe"),
        };
    }

    /// <param name="waiting">When the wait for the pipe started.</param>
    private static byte[] ReadToEnd(SafeFileHandle file, int largest, Stopwatch? waiting)
    {
        var content = new MemoryStream();
        var chunk = new byte[Chunk];
        while (true)
        {
            // A pipe that has no data yet reads as ended; only poll shows the difference.
            if (waiting is not null && !WaitForWriter(file, waiting))
                throw new IOException($"it is a pipe, and not all of it has come within {Patience.TotalSeconds:0} s");
            var read = Descriptor.Read(file, chunk, (nuint)chunk.Length);
            if (read < 0 && Marshal.GetLastPInvokeError() is var error && (error == Descriptor.Interrupted || error == Descriptor.WouldBlock)) continue;
            if (read < 0) throw new IOException(Marshal.GetLastPInvokeErrorMessage());
            if (read == 0) return content.ToArray();
            content.Write(chunk, 0, (int)read);
            if (content.Length > largest) throw TooLarge(largest);
        }
    }

    private static bool WaitForWriter(SafeFileHandle file, Stopwatch waiting)
    {
        while (Patience - waiting.Elapsed is var left && left > TimeSpan.Zero)
        {
            var seen = Descriptor.Poll(file, Descriptor.Readable, (int)Math.Ceiling(left.TotalMilliseconds));
            if ((seen & (Descriptor.Readable | Descriptor.HungUp)) != 0) return true;
        }

        return false;
    }

    private static IOException TooLarge(int largest) => new($"it is larger than {Size(largest)}");

    private static string Size(int bytes) => bytes >= 1 << 20 ? $"{bytes >> 20} MiB" : $"{bytes >> 10} KiB";
}
