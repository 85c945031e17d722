using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;
using OvermindGui.Core.Shipping;
using OvermindGui.Core.Storage;
using OvermindGui.Hub.Commands;
using OvermindGui.Hub.Connecting;
using OvermindGui.Hub.Model;

namespace OvermindGui.Hub.Shipping;

/// <summary>
/// Shipping over one connection, in rounds. A round is one transaction: it moves the cursor, adds lines, changes lines and mirrors the records,
/// or nothing of it.
/// </summary>
internal sealed class ShippingSession(
    HubDatabase hub, OvermindDatabase database, NpgsqlConnection connection, Lease lease, LocalLines lines, string identity, ShippedText text,
    string? warning, ILogger logger) : IShippingSession
{
    private static readonly TimeSpan RecordPace = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan RenewInterval = Lease.Length / 3;
    private static readonly TimeSpan NotifyPace = TimeSpan.FromMilliseconds(100); // ten times a second
    private static readonly TimeSpan PruneInterval = TimeSpan.FromHours(1);

    private readonly LineCopy _copy = new(lease.Project, text);
    private readonly RecordMirror _records = new(database, lease.Project, text);
    private readonly ClearedLinesInHub _cleared = new(lease.Project);
    private readonly HubLineCounts _counts = new(lease.Project);
    private long _renewed = Stopwatch.GetTimestamp();
    private long _recordsRead;
    private long _notified;
    private long _pruned;
    private bool _mustNotify;
    private CancellationTokenSource? _serving;
    private Task _commands = Task.CompletedTask;

    public TimeSpan Pace { get; } = TimeSpan.FromMilliseconds(200);

    public ShippingPosition Position => new(identity, lease.LineId);

    public string? Warning => warning;

    /// <summary>Reads what the hub has of this project.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var context = hub.CreateDbContext();
        await _records.LoadAsync(context, cancellationToken);
        await _cleared.LoadAsync(connection, cancellationToken);
        await _counts.LoadAsync(connection, cancellationToken);
    }

    /// <summary>Takes commands for the project while this session lasts.</summary>
    public void Serve(CommandInbox inbox, CancellationToken cancellationToken)
    {
        _serving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _commands = inbox.RunAsync(hub, lease.Project, lease.Holder, _serving.Token);
    }

    public async Task<RoundOutcome> RoundAsync(bool finishing, CancellationToken cancellationToken)
    {
        if (_commands.IsCompleted) await _commands; // it has failed
        await PruneAsync(cancellationToken);
        var batch = lines.Read(lease.LineId, lease.LineTime, lease.AmendmentId);
        var looksAtRecords = Stopwatch.GetElapsedTime(_recordsRead) >= RecordPace || batch.IsEmpty;
        var hasRecords = looksAtRecords && _records.FindChanges();
        if (looksAtRecords) _recordsRead = Stopwatch.GetTimestamp();
        var cleared = lines.ClearedForGood();
        var isNew = batch.LastId != lease.LineId || batch.Amended.Count > 0 || hasRecords;
        var counts = _counts.IsDue(lease.LineId);
        if (!isNew && !counts && !_mustNotify && !_cleared.HasWork(cleared) && Stopwatch.GetElapsedTime(_renewed) < RenewInterval) return await NothingAsync(cancellationToken);

        await _copy.PrepareDaysAsync(connection, batch.New, cancellationToken);
        var countedId = _counts.CountedId;
        await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            await lease.MoveAsync(connection, batch, cancellationToken);
            await _copy.AmendAsync(connection, batch.Amended, _counts.CountedId, cancellationToken);
            await _copy.AddAsync(connection, batch.New, cancellationToken);
            if (hasRecords)
            {
                await using var context = await HubDatabase.ContextInAsync(transaction, cancellationToken);
                await _records.ApplyAsync(context, cancellationToken);
            }

            isNew |= await _cleared.StepAsync(connection, cleared, _counts.CountedId, cancellationToken);
            if (counts) countedId = await _counts.StepAsync(connection, batch.LastId, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        lease.Moved(batch);
        if (counts) _counts.Accept(countedId);
        if (hasRecords) _records.Accept();
        _renewed = Stopwatch.GetTimestamp();
        await NotifyAsync(isNew, cancellationToken);
        return !isNew ? await NothingAsync(cancellationToken) : batch.Backlog > 0 ? RoundOutcome.Full : RoundOutcome.Some;
    }

    public Task EndAsync(CancellationToken cancellationToken) => lease.ReleaseAsync(connection, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_serving is not null) await _serving.CancelAsync();
        await _commands.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _serving?.Dispose();
        await connection.DisposeAsync();
    }

    private async Task<RoundOutcome> NothingAsync(CancellationToken cancellationToken)
    {
        if (lines.Identity() == identity) return RoundOutcome.Nothing;
        await EndAsync(cancellationToken);
        return RoundOutcome.Over;
    }

    // In a transaction of its own that waits for no disk: until it ends, no other one that notifies can commit.
    private async Task NotifyAsync(bool isNew, CancellationToken cancellationToken)
    {
        _mustNotify |= isNew;
        if (!_mustNotify || Stopwatch.GetElapsedTime(_notified) < NotifyPace) return;
        await HubChannels.NotifyChangeAsync(connection, lease.Project, cancellationToken);
        (_mustNotify, _notified) = (false, Stopwatch.GetTimestamp());
    }

    // Days that are over are dropped by whichever daemon comes first.
    private async Task PruneAsync(CancellationToken cancellationToken)
    {
        if (_pruned != 0 && Stopwatch.GetElapsedTime(_pruned) < PruneInterval) return;
        _pruned = Stopwatch.GetTimestamp();
        try
        {
            await using var prune = new NpgsqlCommand("SELECT overmind.prune()", connection);
            if (await prune.ExecuteScalarAsync(cancellationToken) is > 0 and var days) logger.LogInformation("{Days} days of old lines were dropped in the hub", days);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled)
        {
            logger.LogInformation("Old lines in the hub are in use; they are dropped later ({Reason})", e.MessageText);
        }
    }
}
