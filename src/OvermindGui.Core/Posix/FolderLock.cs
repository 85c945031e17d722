using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OvermindGui.Core.Posix;

/// <summary>
/// An exclusive flock(2) on the folder itself, held briefly while one of our programs edits a file. A lock on the edited file would stay
/// with the old file after it is replaced, and a separate lock file would clutter users' folders.
/// </summary>
internal sealed partial class FolderLock : IDisposable
{
    private const int Exclusive = 2;
    private const int DoNotWait = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(3);

    private readonly SafeFileHandle _folder;

    private FolderLock(SafeFileHandle folder) => _folder = folder;

    /// <exception cref="IOException">The lock could not be acquired in time.</exception>
    public static async Task<FolderLock> AcquireAsync(
        string folder, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        var handle = FileOpening.Open(folder, OpenModes.FollowLinks);
        try
        {
            var started = time.GetTimestamp();
            while (Flock(handle, Exclusive | DoNotWait) != 0)
            {
                // Without lock support, only the comparison before replacing the file protects against lost edits.
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

    /// <summary>Releases the lock; so does the end of the program.</summary>
    public void Dispose() => _folder.Dispose();

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(SafeFileHandle file, int operation);
}
