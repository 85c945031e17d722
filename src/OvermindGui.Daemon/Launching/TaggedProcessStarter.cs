using System.Collections.Concurrent;
using CliWrap;
using OvermindGui.Core.Control;
using OvermindGui.Core.Posix;

namespace OvermindGui.Daemon.Launching;

/// <summary>
/// Starts a program with the tag of its run. A program inherits the limits of its parent, so the daemon carries the tag for that instant.
/// </summary>
internal static class TaggedProcessStarter
{
    private static readonly Lock Gate = new(); // a limit is the whole program's
    private static readonly ConcurrentDictionary<int, Task> Started = new();

    /// <summary>True while a tagged program that was started here under this PID may still be waited for.</summary>
    public static bool IsStarted(int pid) => Started.ContainsKey(pid);

    /// <summary>Starts a program that belongs to no run, and not while another one's mark is set: it would be ended with that.</summary>
    public static T WithoutMark<T>(Func<T> start)
    {
        lock (Gate) return start();
    }

    /// <summary>Starts it; without a mark where the system has none to give.</summary>
    public static CommandTask<CommandResult> Run(ProcessTag mark, Func<CommandTask<CommandResult>> start)
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
                var started = start();
                Started[started.ProcessId] = started.Task;
                _ = started.Task.ContinueWith(
                    ended => Started.TryRemove(new KeyValuePair<int, Task>(started.ProcessId, ended)), TaskScheduler.Default);
                return started;
            }
            finally
            {
                _ = usual.TrySet(ResourceLimit.RealTime); // one's own is never refused
            }
        }
    }
}
