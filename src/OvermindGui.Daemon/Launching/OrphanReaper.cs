using System.Globalization;
using System.Runtime.InteropServices;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Posix;

namespace OvermindGui.Daemon.Launching;

/// <summary>
/// Makes the daemon the parent of what its processes leave behind (PR_SET_CHILD_SUBREAPER, prctl(2)) and collects their exit statuses. When
/// a leader that holds a terminal ends, the kernel hangs up the rest of its group before that end can be waited for. As their parent, the
/// daemon still sees who they were and that the hang-up ended them. Linux only; elsewhere orphans are the system's, and have no names here.
/// </summary>
internal static class OrphanReaper
{
    private const int HangUp = 1; // SIGHUP
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMilliseconds(100);
    private static readonly Dictionary<ProcessTag, List<Orphan>> HungUp = []; // of runs that have not ended; guarded by the starter's gate
    private static readonly Lock EnableGate = new();
    private static PosixSignalRegistration? _childSignal;
    private static int _sweepIsDue;

    /// <summary>Begins, once for the whole program. Without effect where the system does not list a process's children.</summary>
    public static void Enable()
    {
        lock (EnableGate)
        {
            if (_childSignal is not null || !OperatingSystem.IsLinux() || Children() is null) return;
            if (NativeProcess.SetOption(NativeProcess.BecomeSubreaper, 1, 0, 0, 0) != 0) return;
            _childSignal = PosixSignalRegistration.Create(PosixSignal.SIGCHLD, _ => ScheduleSweep());
        }
    }

    /// <summary>Starts to remember which processes of a run a hang-up ends.</summary>
    public static void Follow(ProcessTag run) => TaggedProcessStarter.WithoutMark(() => HungUp.TryAdd(run, []));

    /// <summary>The processes of the run that a hang-up has ended since <see cref="Follow"/>, and stops to remember them.</summary>
    public static IReadOnlyList<Orphan> TakeHungUp(ProcessTag run)
    {
        Sweep();
        return TaggedProcessStarter.WithoutMark(() => HungUp.Remove(run, out var orphans) ? orphans : []);
    }

    // A storm of ending processes costs a sweep each 100 ms.
    private static void ScheduleSweep()
    {
        if (Interlocked.Exchange(ref _sweepIsDue, 1) == 1) return;
        _ = Task.Delay(SweepInterval).ContinueWith(
            _ =>
            {
                Interlocked.Exchange(ref _sweepIsDue, 0);
                Sweep();
            },
            TaskScheduler.Default);
    }

    /// <summary>Collects every orphan that has ended. A child that the daemon started itself is not touched: .NET waits for it.</summary>
    private static void Sweep()
    {
        if (_childSignal is null) return;
        TaggedProcessStarter.WithoutMark(() =>
        {
            foreach (var pid in Children() ?? [])
            {
                if (TaggedProcessStarter.IsStarted(pid) || ProcessEntry.Of(pid) is not { State: 'Z' } || ProcessTag.Of(pid) is not { } run) continue;
                var orphan = new Orphan(pid, ProcessEntry.NameOf(pid));
                if (NativeProcess.Wait(pid, out var status, NativeProcess.DoNotHang) != pid) continue;
                if ((status & 0x7f) == HangUp && HungUp.TryGetValue(run, out var orphans)) orphans.Add(orphan); // WTERMSIG, wait(2)
            }

            return 0;
        });
    }

    // proc_pid_children, "/proc/PID/task/TID/children": PIDs with a space after each. Null where the kernel does not provide it.
    private static List<int>? Children()
    {
        var children = new List<int>();
        foreach (var thread in Directory.EnumerateDirectories("/proc/self/task"))
        {
            try
            {
                foreach (var pid in File.ReadAllText($"{thread}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    children.Add(int.Parse(pid, CultureInfo.InvariantCulture));
            }
            catch (FileNotFoundException) when (Directory.Exists(thread))
            {
                return null;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The thread has ended; its children belong to another one, which is read by the next sweep at the latest.
                ScheduleSweep();
            }
        }

        return children;
    }
}

/// <summary>A process that outlived its parent.</summary>
/// <param name="Name">The program's name; null when it could not be read.</param>
internal readonly record struct Orphan(int Pid, string? Name);
