using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Control;

/// <summary>What a look at the daemon's own PID file finds.</summary>
public enum LockState
{
    /// <summary>It is there and ours.</summary>
    Held,

    /// <summary>It was removed or replaced by a file that no daemon holds; it is written again.</summary>
    Restored,

    /// <summary>Another daemon holds the file that has its name now.</summary>
    Lost,

    /// <summary>Its folder is gone, or nothing can be written there.</summary>
    NoFolder,
}

/// <summary>
/// The daemon's exclusive lock on <c>overmind-daemon.pid</c>, held for its whole life. Locked means alive, whatever the number in
/// the file says, also across containers that share the folder; unlocked means stale. The kernel drops the lock when the daemon dies.
/// The file is its owner's alone, because whoever may open it may lock it.
/// </summary>
public sealed class DaemonLock : IDisposable
{
    private const int LongestPid = 32;

    private readonly ProjectFolder _folder;
    private SafeFileHandle _file;

    private DaemonLock(ProjectFolder folder, SafeFileHandle file) => (_folder, _file) = (folder, file);

    /// <summary>Takes the lock and writes this process's PID, or returns null when another daemon holds it.</summary>
    /// <exception cref="IOException">The file cannot be written, is a link, or is no regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file cannot be written.</exception>
    public static DaemonLock? TryAcquire(ProjectFolder folder)
    {
        // A reader that asks "is it alive?" holds a shared lock for an instant: one refusal is not yet an answer.
        for (var attempt = 0; attempt < 10; attempt++)
        {
            if (TryTake(folder.PidFile) is { } file) return new DaemonLock(folder, file);
            Thread.Sleep(10);
        }

        RemoveIfHeldByOthersAlone(folder.PidFile);
        return TryTake(folder.PidFile) is { } taken ? new DaemonLock(folder, taken) : null;
    }

    /// <summary>True while a daemon lives on this folder. A link of the name is nobody's lock.</summary>
    /// <exception cref="UnauthorizedAccessException">The file is another user's.</exception>
    public static bool IsHeld(ProjectFolder folder)
    {
        try
        {
            // Readers do not disturb each other; only a daemon's exclusive lock refuses a shared one.
            using var probe = FileOpening.OpenRegular(folder.PidFile);
            if (!FileLocking.TryShare(probe)) return true;
            FileLocking.Unlock(probe);
            return false;
        }
        catch (IOException)
        {
            return false; // missing, or nothing that a daemon has made
        }
    }

    /// <summary>The PID in the file, or null when there is none. A number to show to people, never one to signal.</summary>
    public static int? ReadPid(ProjectFolder folder)
    {
        using var file = FileOpening.TryOpenRegular(folder.PidFile);
        if (file is null) return null;
        Span<byte> bytes = stackalloc byte[LongestPid];
        var text = Encoding.ASCII.GetString(bytes[..RandomAccess.Read(file, bytes, 0)]).Trim();
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : null;
    }

    /// <summary>Removes a PID file that no daemon holds. Returns false when one does, or when there is nothing to remove.</summary>
    /// <exception cref="IOException">It is a link, or no regular file.</exception>
    public static bool RemoveStale(ProjectFolder folder)
    {
        if (FileStatus.Of(folder.PidFile) is null || TryAcquire(folder) is not { } held) return false;
        held.Dispose();
        return true;
    }

    /// <summary>
    /// Looks whether the file is still ours, and writes it again when it was removed: without it nobody would find the daemon, and another one
    /// would start beside it.
    /// </summary>
    public LockState Restore()
    {
        if (IsInPlace) return LockState.Held;
        try
        {
            if (!Directory.Exists(_folder.Data)) return LockState.NoFolder;
            if (TryTake(_folder.PidFile) is not { } file) return LockState.Lost;
            (var old, _file) = (_file, file);
            FileLocking.Unlock(old);
            old.Dispose();
            return LockState.Restored;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return LockState.NoFolder;
        }
    }

    /// <summary>Removes the file and releases the lock, in this order, so that nobody finds an unlocked file with our PID.</summary>
    public void Dispose()
    {
        if (_file.IsClosed) return;
        if (IsInPlace) File.Delete(_folder.PidFile);
        FileLocking.Unlock(_file);
        _file.Dispose();
    }

    private bool IsInPlace => IsAt(_file, _folder.PidFile);

    private static SafeFileHandle? TryTake(string path)
    {
        var file = FileOpening.OpenRegular(path, OpenModes.Write | OpenModes.Create);
        try
        {
            // A daemon that was just ending may have removed the file between our open and our lock: then ours is a file without a name.
            if (!FileLocking.TryLock(file) || !IsAt(file, path))
            {
                FileLocking.Unlock(file);
                file.Dispose();
                return null;
            }

            // An older version has left it open to all.
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, PrivateFile.Mode);
            RandomAccess.SetLength(file, 0);
            RandomAccess.Write(file, Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n"), 0);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static bool IsAt(SafeFileHandle file, string path) =>
        FileStatus.Of(file) is { } ours ? FileStatus.Of(path)?.Identity == ours.Identity : File.Exists(path);

    // Another user could lock a file that an older version has made, and so keep every daemon from starting.
    private static void RemoveIfHeldByOthersAlone(string path)
    {
        using var file = FileOpening.TryOpenRegular(path);
        if (file is not null && FileLocking.IsHeldByOthersAlone(file) && IsAt(file, path)) File.Delete(path);
    }
}
