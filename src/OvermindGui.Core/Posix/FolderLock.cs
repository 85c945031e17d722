using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OvermindGui.Core.Posix;

/// <summary>
/// An exclusive flock(2) on the folder itself, between all programs of ours, for the instant of an edit. A lock on the edited file would
/// be one on the old file after it was replaced, and a file for the lock alone would lie about in people's folders.
/// </summary>
internal sealed partial class FolderLock : IDisposable
{
    private const int Exclusive = 2;
    private const int DoNotWait = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(3);

    private readonly SafeFileHandle _folder;

    private FolderLock(SafeFileHandle folder) => _folder = folder;

    /// <exception cref="IOException">It was not to be had in time.</exception>
    public static async Task<FolderLock> AcquireAsync(
        string folder, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        var handle = FileOpening.Open(folder, OpenModes.FollowLinks);
        try
        {
            var started = time.GetTimestamp();
            while (Flock(handle, Exclusive | DoNotWait) != 0)
            {
                // A file system that knows no locks leaves us with the comparison before the file is replaced.
                if (Marshal.GetLastPInvokeError() is not (11 or 35 or 4)) break; // EWOULDBLOCK of Linux, of macOS, EINTR
                if (time.GetElapsedTime(started) > timeout) throw new IOException($"another program has locked {folder} for {timeout.TotalSeconds:0} s");
                await Task.Delay(Pause, time, cancellationToken);
            }

            return new FolderLock(handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Closing lets go of it, and so does the end of the program.</summary>
    public void Dispose() => _folder.Dispose();

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(SafeFileHandle file, int operation);
}
