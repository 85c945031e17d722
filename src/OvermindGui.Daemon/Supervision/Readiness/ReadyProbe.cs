using System.Globalization;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Launching;

namespace OvermindGui.Daemon.Supervision.Readiness;

/// <summary>Detects when a run of a process is ready. One per run.</summary>
internal sealed class ReadyProbe
{
    // A port that is filtered, a server that accepts and is silent, a command that hangs: the next look may have an answer.
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(10);

    private readonly ReadyCheck _check;
    private readonly TimeProvider _time;
    private readonly IReadyAttempt? _attempt;
    private readonly ReadyLine? _line;

    private ReadyProbe(ReadyCheck check, IReadyAttempt? attempt, ReadyLine? line, TimeProvider time) =>
        (_check, _attempt, _line, _time) = (check, attempt, line, time);

    /// <param name="surroundings">From a command to one that runs it as the leader of a session, in the process's folder and environment.</param>
    /// <param name="pids">The processes of the run at this moment.</param>
    public static ReadyProbe For(ReadyCheck check, Func<string, TaggedCommand> surroundings, Func<IEnumerable<int>> pids, TimeProvider time) => check switch
    {
        LineReady line => new ReadyProbe(check, null, new ReadyLine(line.Pattern, time), time),
        _ => new ReadyProbe(check, AttemptFor(check, surroundings, pids, time), null, time),
    };

    /// <summary>What is tried once for each check; null where lines decide.</summary>
    public static IReadyAttempt? AttemptFor(ReadyCheck check, Func<string, TaggedCommand> surroundings, Func<IEnumerable<int>> pids, TimeProvider time) => check switch
    {
        PortReady port => new PortAttempt(port.Port, pids),
        TcpReady tcp => new TcpAttempt(tcp.Host, tcp.Port),
        HttpReady http => new HttpAttempt(http.Url),
        CommandReady command => new CommandAttempt(surroundings(command.Command), time),
        LineReady => null,
        _ => throw new ArgumentException($"Unknown check: {check}", nameof(check)),
    };

    /// <summary>True while lines of the run may make it ready.</summary>
    public bool WantsLines => _line is { IsDecided: false };

    /// <summary>Passes it a line of the run's plain output, from any thread and also before <see cref="RunAsync"/>; never blocks.</summary>
    public void Show(string text) => _line?.Show(text);

    /// <summary>Completes when the run is ready or the timeout expires. The timeout starts with this call. Call it once.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled: the run has ended, or is about to.</exception>
    public async Task<ReadyResult> RunAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_check.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var reason = _line is null ? "" : "no line matches";
        try
        {
            if (_line is not null) return new ReadyResult(await _line.Decided.WaitAsync(either.Token));
            while ((reason = await LookAsync(either.Token)) is not null)
                await Task.Delay(_check.Interval, _time, either.Token);
            return ReadyResult.Ready;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var seconds = _check.Timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
            return new ReadyResult($"not ready after {seconds} s{(string.IsNullOrEmpty(reason) ? "" : $"; {reason}")}");
        }
    }

    private async Task<string?> LookAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(LongestLook, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await _attempt!.LookAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {LongestLook.TotalSeconds:0} s";
        }
    }
}
