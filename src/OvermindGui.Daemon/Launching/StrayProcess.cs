using OvermindGui.Core.Control;

namespace OvermindGui.Daemon.Launching;

/// <summary>Signals to processes that are in no group of ours.</summary>
internal static class StrayProcess
{
    /// <summary>Sends it, unless the number is another process's by now. One that may not be signalled is left; whoever waits for its end tells.</summary>
    public static void Signal(TaggedProcess process, int signal)
    {
        if (process.Lives) _ = NativeMethods.Kill(process.Pid, signal);
    }
}
