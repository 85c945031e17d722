using OvermindGui.Core.Control;

namespace OvermindGui.Daemon.Launching;

/// <summary>
/// Starts a program with the mark of its run. A program takes the limits of whoever starts it, so we have the mark ourselves for that instant.
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
            if (NativeMethods.GetLimit(NativeMethods.RealTimeLimit, out var usual) != 0) return start();
            var marked = usual with { Soft = mark.Limit };
            // Refused where somebody has set a real limit; then the group is all we know of a run.
            if (NativeMethods.SetLimit(NativeMethods.RealTimeLimit, in marked) != 0) return start();
            try
            {
                return start();
            }
            finally
            {
                _ = NativeMethods.SetLimit(NativeMethods.RealTimeLimit, in usual); // one's own is never refused
            }
        }
    }
}
