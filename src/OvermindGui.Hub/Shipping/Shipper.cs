using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Npgsql;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Secrets;
using OvermindGui.Core.Storage;
using OvermindGui.Hub.Commands;
using OvermindGui.Hub.Connecting;
using OvermindGui.Hub.Model;

namespace OvermindGui.Hub.Shipping;

/// <summary>
/// Follows a project's own database and ships what is new to the hub. The project's database is the truth and never waits for the hub: whatever
/// is wrong there, the shipper tries again, and goes on where the cursor in the hub stands.
/// </summary>
/// <param name="execute">Carries out commands that come through the hub.</param>
public sealed class Shipper(
    OvermindDatabase database, HubOptions options, IShippingJournal journal, Func<CommandRequest, Task<CommandOutcome>> execute, ILogger<Shipper> logger)
    : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(20);

    private readonly HubDatabase _hub = new(options.Address);
    private readonly CommandInbox _inbox = new(options.Control ? execute : null, logger);
    private readonly Backoff _backoff = new(FirstPause, LongestPause);
    private readonly Guid _holder = Guid.NewGuid();
    private readonly CancellationTokenSource _finishing = new();
    private DatabaseChangeWatcher? _changes;
    private string? _lastProblem;
    private long? _shipped;
    private long _reportedAt;
    private ShippingReport? _reported;

    /// <summary>Ships until it is cancelled, or finished.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var changes = _changes = new DatabaseChangeWatcher(database.Folder);
        while (true)
        {
            try
            {
                if (await ServeAsync(changes, cancellationToken)) return;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested && (HubErrors.IsOfHub(e) || e is SqliteException sqlite && SqliteErrors.IsNotReadableNow(sqlite)))
            {
                Report(e);
            }

            if (_finishing.IsCancellationRequested) return;
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _finishing.Token);
            await Task.Delay(_backoff.Next(), pause.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Makes <see cref="RunAsync"/> return once everything is shipped, or at once while there is no connection.</summary>
    public void Finish()
    {
        _finishing.Cancel();
        _changes?.Ring();
    }

    /// <summary>Closes the connections, once it has returned.</summary>
    public async ValueTask DisposeAsync()
    {
        _changes?.Dispose();
        _finishing.Dispose();
        await _hub.DisposeAsync();
    }

    // Returns whether it has finished.
    private async Task<bool> ServeAsync(DatabaseChangeWatcher changes, CancellationToken cancellationToken)
    {
        await using var connection = await _hub.OpenAsync(cancellationToken);
        await HubSchema.CheckAsync(connection, options.Address, cancellationToken);
        var offset = await ClockOffsetAsync(connection, cancellationToken);
        var lines = new LocalLines(database);
        var identity = lines.Identity() ?? throw new HubException("The project's database has no name yet");
        var lease = await Lease.TakeAsync(connection, options, database, identity, offset.TotalSeconds, _holder, cancellationToken);
        if (await LostTail.RepairAsync(connection, lease, lines, cancellationToken) is > 0 and var removed)
            logger.LogWarning("The hub had {Lines} lines that this database has lost; they were removed there", removed);
        var redactor = options.Redact ? new OutputRedactor(options.SecretValues()) : null;
        var session = new ShippingSession(_hub, database, connection, lease, lines, new ShippedText(redactor), logger);
        await session.LoadAsync(cancellationToken);
        var warning = ClockWarning(offset);
        Report(lease, warning);

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var commands = _inbox.RunAsync(_hub, lease.Project, lease.Holder, over.Token);
        try
        {
            while (true)
            {
                var (started, finishing) = (Stopwatch.GetTimestamp(), _finishing.IsCancellationRequested); // before the round: what was stored until then is in it
                var outcome = await session.RoundAsync(cancellationToken);
                _backoff.Reset();
                Report(lease, warning);
                if (commands.IsCompleted) await commands;
                if (outcome == RoundOutcome.Nothing && (finishing || lines.Identity() != identity))
                {
                    await lease.ReleaseAsync(connection, cancellationToken);
                    return finishing;
                }

                if (outcome != RoundOutcome.Full && ShippingSession.Pace - Stopwatch.GetElapsedTime(started) is { Ticks: > 0 } rest && !_finishing.IsCancellationRequested)
                    await Task.Delay(rest, cancellationToken);
                if (outcome == RoundOutcome.Nothing && !_finishing.IsCancellationRequested) await changes.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            await over.CancelAsync();
            await commands.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // How far this machine's clock is ahead of the hub's.
    private static async Task<TimeSpan> ClockOffsetAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var ask = new NpgsqlCommand("SELECT clock_timestamp()", connection);
        var hubs = (DateTime)(await ask.ExecuteScalarAsync(cancellationToken))!;
        return DateTime.UtcNow - hubs.ToUniversalTime();
    }

    internal static string? ClockWarning(TimeSpan offset) => offset.Duration() < TimeSpan.FromMinutes(1) ? null
        : $"This machine's clock is {UptimeFormatter.Of(offset.Duration())} {(offset > TimeSpan.Zero ? "ahead of" : "behind")} the hub's; its lines have these times in the hub, too";

    // A position is reported once a second, a change at once.
    private void Report(Lease lease, string? warning)
    {
        var report = new ShippingReport(HubShipping.Shipping, warning, lease.LineId);
        _shipped = lease.LineId;
        if (report == _reported) return;
        if (_reported?.State == report.State && _reported.Message == report.Message && Stopwatch.GetElapsedTime(_reportedAt) < TimeSpan.FromSeconds(1)) return;
        if (_lastProblem is not null) logger.LogInformation("The hub {Hub} can be used again", options.Address);
        if (_reported is null || _reported.State != report.State) logger.LogInformation("Shipping to the hub {Hub}", options.Address);
        if (warning is not null && _reported?.Message != warning) logger.LogWarning("{Warning}", warning);
        _lastProblem = null;
        Record(report);
    }

    private void Report(Exception e)
    {
        var words = e is SqliteException ? $"The project's database cannot be read now: {e.Message}" : HubErrors.Describe(e, options.Address);
        var report = new ShippingReport(HubErrors.NeedsSomeone(e) ? HubShipping.Refused : HubShipping.Waiting, words, _shipped);
        if (words != _lastProblem) logger.LogWarning("{Problem}. Lines stay in the project's own database, and are shipped later", words);
        _lastProblem = words;
        if (report != _reported) Record(report);
    }

    private void Record(ShippingReport report)
    {
        (_reported, _reportedAt) = (report, Stopwatch.GetTimestamp());
        journal.Record(report);
    }
}
