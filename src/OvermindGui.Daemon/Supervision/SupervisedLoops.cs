using Microsoft.Extensions.Logging;
using OvermindGui.Core.Levels;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Supervision;

/// <summary>
/// Background work beside the commands. A failure is reported in the log and in the output of <c>system</c>, and the work is restarted
/// with increasing delays; it never stops the daemon.
/// </summary>
internal sealed class SupervisedLoops(EventRecorder recorder, TimeProvider time, ILogger<SupervisedLoops> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly HashSet<Task> _running = [];

    /// <summary>Completes when all that runs now has returned.</summary>
    public Task Ended
    {
        get
        {
            lock (_gate) return Task.WhenAll(_running);
        }
    }

    /// <summary>Runs a loop until it returns.</summary>
    /// <param name="name">Its name in messages.</param>
    public void Run(string name, Func<Task> loop)
    {
        var running = RunAsync(name, _ => loop(), CancellationToken.None);
        lock (_gate) _running.Add(running);
        _ = running.ContinueWith(
            ended =>
            {
                lock (_gate) _running.Remove(ended);
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Runs it until it returns, or the token ends it.</summary>
    public async Task RunAsync(string name, Func<CancellationToken, Task> loop, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (!cancellationToken.IsCancellationRequested)
        {
            var started = time.GetTimestamp();
            try
            {
                await loop(cancellationToken);
                return;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                if (time.GetElapsedTime(started) > LongestPause) pause = FirstPause;
                logger.LogError(e, "{Loop} failed; it begins again in {Pause}", name, pause);
                recorder.SystemNotice(
                    $"{name} failed ({e.Message}) and begins again in {pause.TotalSeconds:0} s; details are in the daemon's log", LineLevel.Error);
            }

            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }
}
