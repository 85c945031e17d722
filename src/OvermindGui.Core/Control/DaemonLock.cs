using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Control;

/// <summary>The state of the daemon's PID file.</summary>
public enum LockState
{
    /// <summary>The file exists and is ours.</summary>
    Held,

    /// <summary>The file was removed, or replaced by one that no daemon holds; it has been written again.</summary>
    Restored,

    /// <summary>Another daemon holds the file that now has the name.</summary>
    Lost,

    /// <summary>The folder is gone or not writable.</summary>
    NoFolder,
}

/// <summary>
/// The daemon's exclusive lock on <c>overmind-daemon.pid</c>, held for its whole life. A locked file means a living daemon, whatever PID it
/// contains, even across containers that share the folder; an unlocked file is stale. The kernel releases the lock when the daemon dies.
/// Only the owner can open the file, because everyone who can open it can lock it.
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
        // Readers hold a shared lock briefly while they check for a daemon, so a single failure is not conclusive.
        for (var attempt = 0; attempt < 10; attempt++)
        {
            if (TryTake(folder.PidFile) is { } file) return new DaemonLock(folder, file);
            Thread.Sleep(10);
        }

        RemoveIfHeldByOthersAlone(folder.PidFile);
        return TryTake(folder.PidFile) is { } taken ? new DaemonLock(folder, taken) : null;
    }

    /// <summary>True while a daemon lives on this folder. A link in place of the file does not count.</summary>
    /// <exception cref="UnauthorizedAccessException">The file belongs to another user.</exception>
    public static bool IsHeld(ProjectFolder folder)
    {
        if (!File.Exists(folder.PidFile)) return false; // without the exception that opening it would cost
        try
        {
            // Shared locks do not conflict with each other; only a daemon's exclusive lock does.
            using var probe = FileOpening.OpenRegular(folder.PidFile);
            if (!FileLocking.TryShare(probe)) return true;
            FileLocking.Unlock(probe);
            return false;
        }
        catch (IOException)
        {
            return false; // missing, or not created by a daemon
        }
    }

    /// <summary>The PID in the file, or null when there is none. For display only: never signal it.</summary>
    public static int? ReadPid(ProjectFolder folder)
    {
        using var file = FileOpening.TryOpenRegular(folder.PidFile);
        if (file is null) return null;
        Span<byte> bytes = stackalloc byte[LongestPid];
        var text = Encoding.ASCII.GetString(bytes[..RandomAccess.Read(file, bytes, 0)]).Trim();
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : null;
    }

    /// <summary>Removes a PID file that no daemon holds. Returns false when a daemon holds it or there is no file.</summary>
    /// <exception cref="IOException">It is a link, or no regular file.</exception>
    public static bool RemoveStale(ProjectFolder folder)
    {
        if (FileStatus.Of(folder.PidFile) is null || TryAcquire(folder) is not { } held) return false;
        held.Dispose();
        return true;
    }

    /// <summary>
    /// Checks that the file is still ours, and recreates it if it was removed: without it no client finds the daemon, and a second daemon
    /// could start.
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

    /// <summary>Removes the file, then releases the lock. In this order, an unlocked file never contains our PID.</summary>
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
            // A daemon that was just ending may have removed the file after we opened it and before we locked it; then our file has no
            // name.
            if (!FileLocking.TryLock(file) || !IsAt(file, path))
            {
                FileLocking.Unlock(file);
                file.Dispose();
                return null;
            }

            // Older versions created it with permissions for everyone.
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

    // Otherwise another user could lock a file of an older version and prevent every daemon from starting.
    private static void RemoveIfHeldByOthersAlone(string path)
    {
        using var file = FileOpening.TryOpenRegular(path);
        if (file is not null && FileLocking.IsHeldByOthersAlone(file) && IsAt(file, path)) File.Delete(path);
    }
}
