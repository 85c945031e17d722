using Microsoft.Win32.SafeHandles;
using OvermindGui.Daemon.Launching;

namespace OvermindGui.Daemon.Hosting;

/// <summary>Cuts the ties to the terminal that started the daemon, so that closing it ends nothing.</summary>
public static class StartingTerminal
{
    /// <summary>A session of our own: no hang-up and no Ctrl+C of that terminal reaches us.</summary>
    public static void LeaveSession()
    {
        // Fails when we lead a group already, as a shell's job does; then we have our own group, and nobody's Ctrl+C.
        _ = NativeMethods.CreateSession();
    }

    /// <summary>Closes its pipes: whoever waits for our words sees the end of them.</summary>
    public static void LetGo()
    {
        using SafeFileHandle nowhere = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        for (var descriptor = 0; descriptor <= 2; descriptor++)
            if (NativeMethods.Duplicate(nowhere.DangerousGetHandle().ToInt32(), descriptor) < 0)
                throw new InvalidOperationException($"dup2 to {descriptor} failed");
    }
}
