using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Timing;

namespace OvermindGui.Core.Shipping;

/// <summary>
/// Follows a project's own database and ships what is new to a target. The project's database is the truth and never waits for the target:
/// whatever is wrong there, the shipper tries again, and goes on where it was.
/// </summary>
public sealed class Shipper(OvermindDatabase database, IShippingTarget target, IShippingJournal journal, ILogger<Shipper> logger) : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestAskedPause = TimeSpan.FromMinutes(10); // a number that someone mistyped must not end the shipping

    private readonly Backoff _backoff = new(FirstPause, LongestPause);
    private readonly CancellationTokenSource _finishing = new();
    private DatabaseChangeWatcher? _changes;
    private string? _lastProblem;
    private ShippingPosition? _shipped;
    private long _reportedAt;
    private ShippingReport? _reported;

    /// <summary>Ships until it is cancelled, or finished.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var changes = _changes = new DatabaseChangeWatcher(database.Folder);
        using var rounds = Heartbeat.Each(changes.Notify); // a round without lines keeps the lease
        while (true)
        {
            var pause = TimeSpan.Zero;
            try
            {
                if (await ServeAsync(changes, cancellationToken)) return;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested && FaultOf(e) is not null)
            {
                var fault = FaultOf(e)!;
                Report(fault);
                pause = PauseAfter(fault);
            }

            if (_finishing.IsCancellationRequested) return;
            using var resting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _finishing.Token);
            await Task.Delay(pause, resting.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Makes <see cref="RunAsync"/> return once everything is shipped, or at once while the target cannot be used.</summary>
    public void Finish()
    {
        _finishing.Cancel();
        _changes?.Notify();
    }

    /// <summary>Closes the connections, once it has returned.</summary>
    public async ValueTask DisposeAsync()
    {
        _changes?.Dispose();
        _finishing.Dispose();
        await target.DisposeAsync();
    }

    // Returns whether it has finished.
    private async Task<bool> ServeAsync(DatabaseChangeWatcher changes, CancellationToken cancellationToken)
    {
        await using var session = await target.BeginAsync(cancellationToken);
        _shipped = session.Position;
        while (true)
        {
            var (started, finishing) = (Stopwatch.GetTimestamp(), _finishing.IsCancellationRequested); // before the round: what was stored until then is in it
            var outcome = await session.RoundAsync(finishing, cancellationToken);
            if (outcome == RoundOutcome.Over) return false;
            _backoff.Reset();
            Report(session);
            if (outcome == RoundOutcome.Nothing && finishing)
            {
                await session.EndAsync(cancellationToken);
                return true;
            }

            if (outcome != RoundOutcome.Full && session.Pace - Stopwatch.GetElapsedTime(started) is { Ticks: > 0 } rest && !_finishing.IsCancellationRequested)
            {
                using var resting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _finishing.Token);
                await Task.Delay(rest, resting.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (outcome == RoundOutcome.Nothing && !_finishing.IsCancellationRequested) await changes.WaitAsync(cancellationToken);
        }
    }

    private ShippingFault? FaultOf(Exception e) =>
        e is SqliteException sqlite && SqliteErrors.IsNotReadableNow(sqlite)
            ? new ShippingFault($"The project's database cannot be read now: {e.Message}", NeedsSomeone: false)
            : target.FaultOf(e);

    private TimeSpan PauseAfter(ShippingFault fault)
    {
        var own = _backoff.Next();
        if (fault.RetryAfter is not { } asked) return own;
        return (asked < LongestAskedPause ? asked : LongestAskedPause) + FirstPause * Random.Shared.NextDouble();
    }

    // A position is reported once a second, a change at once.
    private void Report(IShippingSession session)
    {
        _shipped = session.Position;
        var report = new ShippingReport(ShippingState.Shipping, session.Warning, _shipped);
        if (report == _reported) return;
        var isSameState = _reported?.State == report.State && _reported.Message == report.Message;
        if (isSameState && !_finishing.IsCancellationRequested && Stopwatch.GetElapsedTime(_reportedAt) < TimeSpan.FromSeconds(1)) return;
        if (_lastProblem is not null) logger.LogInformation("{Target} can be used again", target.Name);
        if (_reported?.State != report.State) logger.LogInformation("Shipping to {Target}", target.Name);
        if (report.Message is { } warning && _reported?.Message != warning) logger.LogWarning("{Warning}", warning);
        _lastProblem = null;
        Record(report);
    }

    private void Report(ShippingFault fault)
    {
        var report = new ShippingReport(fault.NeedsSomeone ? ShippingState.Refused : ShippingState.Waiting, fault.Words, _shipped);
        if (fault.Words != _lastProblem) logger.LogWarning("{Problem}. Lines stay in the project's own database, and are shipped later", fault.Words);
        _lastProblem = fault.Words;
        if (report != _reported) Record(report);
    }

    private void Record(ShippingReport report)
    {
        (_reported, _reportedAt) = (report, Stopwatch.GetTimestamp());
        journal.Record(report);
    }
}
