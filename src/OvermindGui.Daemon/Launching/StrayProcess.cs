using OvermindGui.Core.Control;
using OvermindGui.Core.Posix;

namespace OvermindGui.Daemon.Launching;

/// <summary>Signals to processes that are in no group of ours.</summary>
internal static class StrayProcess
{
    /// <summary>Sends the signal unless the PID was reused. A refusal is ignored: the wait for the exit reports it.</summary>
    public static void Signal(TaggedProcess process, int signal)
    {
        if (process.Lives) _ = NativeProcess.Kill(process.Pid, signal);
    }
}
