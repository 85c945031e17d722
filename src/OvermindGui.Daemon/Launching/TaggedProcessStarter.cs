using OvermindGui.Core.Control;
using OvermindGui.Core.Posix;

namespace OvermindGui.Daemon.Launching;

/// <summary>
/// Starts a program with the tag of its run. A program inherits the limits of its parent, so the daemon carries the tag for that instant.
/// </summary>
internal static class TaggedProcessStarter
{
    private static readonly Lock Gate = new(); // a limit is the whole program's

    /// <summary>Starts a program that belongs to no run, and not while another one's mark is set: it would be ended with that.</summary>
    public static T WithoutMark<T>(Func<T> start)
    {
        lock (Gate) return start();
    }

    /// <summary>Starts it; without a mark where the system has none to give.</summary>
    public static T Run<T>(ProcessTag mark, Func<T> start)
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess) return start();
        lock (Gate)
        {
            if (!ResourceLimit.TryGet(ResourceLimit.RealTime, out var usual)) return start();
            var marked = usual with { Soft = mark.Limit };
            // Fails where a real-time limit is already set; then a run is identified by its group alone.
            if (!marked.TrySet(ResourceLimit.RealTime)) return start();
            try
            {
                return start();
            }
            finally
            {
                _ = usual.TrySet(ResourceLimit.RealTime); // one's own is never refused
            }
        }
    }
}
