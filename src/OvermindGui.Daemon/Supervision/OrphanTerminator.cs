using Microsoft.Extensions.Logging;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Supervision;

/// <summary>Stops orphaned processes: those of runs without a supervisor.</summary>
internal sealed class OrphanTerminator(EventRecorder recorder, TimeProvider time, ILogger<OrphanTerminator> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Ends them, each as its process is to be stopped. Returns when they are gone.</summary>
    /// <param name="origin">A description of where they come from.</param>
    /// <exception cref="StartupException">Some cannot be ended; starting theirs again would run them twice.</exception>
    public async Task EndAsync(IReadOnlyList<RunLeft> left, string origin, ProjectPlan plan)
    {
        await Task.WhenAll(left.Select(run => EndAsync(run, origin, plan.Processes.FirstOrDefault(p => p.Name == run.Name))));
        foreach (var run in left) recorder.SystemNotice($"Ended {run}, {origin}");
    }

    private async Task EndAsync(RunLeft run, string origin, PlannedProcess? planned)
    {
        logger.LogWarning("Ending {Run}, {Origin}", run, origin);
        var policy = planned is null ? StopPolicy.Default : StopPolicy.Of(planned);
        var mark = run.Processes[0].Mark;
        foreach (var process in run.Processes) StrayProcess.Signal(process, policy.Signal);
        if (await IsGoneAsync(mark, policy.Timeout, signal: null) || await IsGoneAsync(mark, policy.KillTimeout, ProcessGroup.Kill)) return;
        var rest = string.Join(", ", TaggedProcess.Of(mark).Select(p => p.Pid));
        throw new StartupException(
            $"{run.Name} still runs (PID {rest}), {origin}, and cannot be ended. End it yourself, then start again");
    }

    private async Task<bool> IsGoneAsync(ProcessTag mark, TimeSpan timeout, int? signal)
    {
        var started = time.GetTimestamp();
        while (TaggedProcess.Of(mark) is { Count: > 0 } left)
        {
            if (time.GetElapsedTime(started) >= timeout) return false;
            if (signal is { } number)
                foreach (var process in left) StrayProcess.Signal(process, number);
            await Task.Delay(Interval, time);
        }

        return true;
    }
}
