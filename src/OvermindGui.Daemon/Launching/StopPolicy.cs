using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Daemon.Launching;

/// <summary>How a process is stopped.</summary>
/// <param name="Signal">Number of the stop signal.</param>
/// <param name="Timeout">Time between that signal and SIGKILL.</param>
/// <param name="KillTimeout">Time after SIGKILL until a process that the kernel does not end is given up.</param>
internal sealed record StopPolicy(int Signal, TimeSpan Timeout, TimeSpan KillTimeout)
{
    public static StopPolicy Default { get; } = new(ProcessGroup.Terminate, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(2));

    // For what a stop needs beside the waiting: the last output, and a loaded machine.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(8);

    /// <summary>Asks before the signal; null for none.</summary>
    public StopRequest? Request { get; init; }

    /// <summary>Within this time a process that is stopped so is gone, or has survived SIGKILL.</summary>
    public TimeSpan Limit => (Request?.Timeout ?? TimeSpan.Zero) + Timeout + KillTimeout + Margin;

    /// <summary>What asks and kills all of these together: it gives each the longest time that one of them has.</summary>
    public static StopPolicy OfAll(IEnumerable<PlannedProcess> processes) =>
        Default with { Timeout = processes.Select(p => p.StopTimeout).DefaultIfEmpty(Default.Timeout).Max() };

    /// <summary>Within this time any of these processes is stopped, and all of them, because their stops run side by side.</summary>
    public static TimeSpan LimitOf(IEnumerable<PlannedProcess> processes) =>
        processes.Select(p => Of(p).Limit).Append(Default.Limit).Max();

    public static StopPolicy Of(PlannedProcess plan) => Default with { Signal = Number(plan.StopSignal), Timeout = plan.StopTimeout, Request = plan.Stop };

    // POSIX fixes the first five; SIGSTOP and the user's signals differ between Linux and macOS.
    private static int Number(StopSignal signal) => signal switch
    {
        StopSignal.Interrupt => 2,
        StopSignal.Quit => 3,
        StopSignal.Abort => 6,
        StopSignal.Kill => ProcessGroup.Kill,
        StopSignal.Terminate => ProcessGroup.Terminate,
        StopSignal.Stop => OperatingSystem.IsMacOS() ? 17 : 19,
        StopSignal.User1 => OperatingSystem.IsMacOS() ? 30 : 10,
        StopSignal.User2 => OperatingSystem.IsMacOS() ? 31 : 12,
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, null),
    };
}
