using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Shipping;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Hosting;

/// <summary>Ships to one target, and records how far it is in the project's own database.</summary>
/// <param name="name">A name of <see cref="ShippingState"/>.</param>
internal sealed class ShippingChannel(
    string name, IShippingTarget target, string shownTarget, OvermindDatabase database, WriteQueue queue, EventRecorder recorder, TimeProvider time,
    ILogger<Shipper> logger) : IShippingJournal
{
    // Without a position, what is known stays; a hub has its cursor itself, and another hub another one.
    private const string Write =
        $"""
        INSERT INTO shipping(name, target, state, message, line_id, held, database, updated_at)
        VALUES ($1, $2, $3, $4, coalesce($5, 0), coalesce($6, ''), coalesce($7, ''), $8)
        ON CONFLICT(name) DO UPDATE SET target = $2, state = $3, message = $4, updated_at = $8, database = coalesce($7, database),
          line_id = coalesce($5, CASE WHEN target = $2 OR name <> '{ShippingState.Hub}' THEN line_id ELSE 0 END), held = coalesce($6, held)
        """;

    private ShippingReport? _last;
    private string? _said;
    private bool _hasWarned;

    /// <summary>The target of an earlier daemon that this one is without.</summary>
    public static RowChange Off(string name) => new($"UPDATE shipping SET state = '{ShippingState.Off}', message = NULL WHERE name = $1", name);

    public Shipper Shipper => field ??= new Shipper(database, target, this, logger);

    public string Target => target.Name;

    public void Record(ShippingReport report)
    {
        _last = report;
        queue.Enqueue(new RowChange(Write, Values(report)));
        if (report.Message is not { } message) _hasWarned = false;
        // A target that is away for a while is nothing to read about among the output; what someone has to do something about is. A warning
        // may change with each line, and what is said here is a line.
        else if (report.State == ShippingState.Refused ? message != _said : report.State == ShippingState.Shipping && !_hasWarned)
        {
            _hasWarned |= report.State == ShippingState.Shipping;
            recorder.SystemNotice(_said = message, LineLevel.Warn);
        }
    }

    /// <summary>Records the last position, when the writer has ended.</summary>
    public void RecordEnd()
    {
        if (_last is not { } report) return;
        try
        {
            using var connection = database.OpenConnection();
            connection.Execute(null, Write, Values(report));
        }
        catch (SqliteException e)
        {
            logger.LogWarning("How far it is at {Target} cannot be stored: {Reason}", target.Name, e.Message);
        }
    }

    private object?[] Values(ShippingReport report) =>
    [
        name, shownTarget, report.State, report.Message, report.Position?.LineId,
        report.Position is { } position ? SettledLines.Text(position.Held) : null, report.Position?.Database, time.GetUtcNow().ToUnixSeconds(),
    ];
}
