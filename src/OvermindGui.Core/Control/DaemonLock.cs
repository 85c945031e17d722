using System.Globalization;
using System.Text;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Control;

/// <summary>
/// The daemon's exclusive lock on <c>overmind-daemon.pid</c>, held for its whole life. Locked means alive, whatever the number in
/// the file says, also across containers that share the folder; unlocked means stale. The kernel drops the lock when the daemon dies.
/// </summary>
public sealed class DaemonLock : IDisposable
{
    // No secret; and whoever may list processes may ask for the daemon's.
    private const UnixFileMode ForAllToRead =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly FileStream _file;

    private DaemonLock(FileStream file) => _file = file;

    /// <summary>Takes the lock and writes this process's PID, or returns null when another daemon holds it.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file cannot be written.</exception>
    public static DaemonLock? TryAcquire(ProjectFolder folder)
    {
        // A reader that asks "is it alive?" holds a shared lock for an instant: one refusal is not yet an answer.
        for (var attempt = 0; attempt < 10; attempt++)
        {
            if (TryOpen(folder) is { } file) return new DaemonLock(file);
            Thread.Sleep(10);
        }

        return null;
    }

    /// <summary>True while a daemon lives on this folder.</summary>
    public static bool IsHeld(ProjectFolder folder)
    {
        try
        {
            // FileShare.Read takes a shared lock: readers do not disturb each other, only a daemon's exclusive lock refuses them.
            using var probe = new FileStream(folder.PidFile, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException e) when (IsLockConflict(e))
        {
            return true;
        }
    }

    /// <summary>The PID in the file, or null when there is none. A number to show to people, never one to signal.</summary>
    public static int? ReadPid(ProjectFolder folder)
    {
        using var handle = UnlockedFile.TryOpen(folder.PidFile);
        if (handle is null) return null;
        using var reader = new StreamReader(new FileStream(handle, FileAccess.Read));
        return int.TryParse(reader.ReadToEnd().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : null;
    }

    /// <summary>Removes a PID file that no daemon holds. Returns false when one does, or when there is nothing to remove.</summary>
    public static bool RemoveStale(ProjectFolder folder)
    {
        if (!File.Exists(folder.PidFile) || TryAcquire(folder) is not { } held) return false;
        held.Dispose();
        return true;
    }

    /// <summary>Removes the file and releases the lock, in this order, so that nobody finds an unlocked file with our PID.</summary>
    public void Dispose()
    {
        File.Delete(_file.Name);
        _file.Dispose();
    }

    private static FileStream? TryOpen(ProjectFolder folder)
    {
        FileStream file;
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = ForAllToRead;
            file = new FileStream(folder.PidFile, options);
        }
        catch (IOException e) when (IsLockConflict(e))
        {
            return null;
        }

        file.SetLength(0);
        file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n"));
        file.Flush();

        // A daemon that was just ending may have removed the file between our open and our lock: then ours is a file without a name.
        if (ReadPid(folder) == Environment.ProcessId) return file;
        file.Dispose();
        return null;
    }

    // .NET locks with flock(2); a refused lock is EWOULDBLOCK, 11 on Linux and 35 on macOS.
    private static bool IsLockConflict(IOException e) => e.HResult is 11 or 35;
}
