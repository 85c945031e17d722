using Microsoft.Win32.SafeHandles;
using OvermindGui.Core.Posix;

namespace OvermindGui.Daemon.Hosting;

/// <summary>Detaches the daemon from the terminal that started it, so that closing the terminal ends nothing.</summary>
public static class StartingTerminal
{
    /// <summary>Starts a new session, which neither a hang-up nor a Ctrl+C of that terminal reaches.</summary>
    public static void LeaveSession()
    {
        // Fails when we already lead a group, as a shell job does. A group of its own receives no Ctrl+C of another job.
        _ = NativeProcess.CreateSession();
    }

    /// <summary>Redirects standard input and output to /dev/null: a process that reads our output sees its end.</summary>
    public static void Detach()
    {
        using SafeFileHandle nowhere = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        for (var descriptor = 0; descriptor <= 2; descriptor++)
            if (Descriptor.Duplicate(nowhere.DangerousGetHandle().ToInt32(), descriptor) < 0)
                throw new InvalidOperationException($"dup2 to {descriptor} failed");
    }
}
