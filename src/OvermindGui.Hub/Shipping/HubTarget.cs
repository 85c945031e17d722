using Microsoft.Extensions.Logging;
using Npgsql;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Secrets;
using OvermindGui.Core.Shipping;
using OvermindGui.Core.Storage;
using OvermindGui.Hub.Commands;
using OvermindGui.Hub.Connecting;
using OvermindGui.Hub.Model;

namespace OvermindGui.Hub.Shipping;

/// <summary>A PostgreSQL hub as the target of a project's lines and records; commands come from it.</summary>
/// <param name="execute">Carries out commands that come through the hub.</param>
public sealed class HubTarget(OvermindDatabase database, HubOptions options, Func<CommandRequest, Task<CommandOutcome>> execute, ILogger<HubTarget> logger)
    : IShippingTarget
{
    private readonly HubDatabase _hub = new(options.Address);
    private readonly CommandInbox _inbox = new(options.Control ? execute : null, logger);
    private readonly Guid _holder = Guid.NewGuid();

    public string Name => $"the hub {options.Address}";

    public async Task<IShippingSession> BeginAsync(CancellationToken cancellationToken)
    {
        var connection = await _hub.OpenAsync(cancellationToken);
        try
        {
            await HubSchema.CheckAsync(connection, options.Address, cancellationToken);
            var offset = await ClockOffsetAsync(connection, cancellationToken);
            var lines = new LocalLines(database);
            var identity = lines.Identity() ?? throw new HubException("The project's database has no name yet");
            var lease = await Lease.TakeAsync(connection, options, database, identity, offset.TotalSeconds, _holder, cancellationToken);
            if (await LostTail.RepairAsync(connection, lease, lines, cancellationToken) is > 0 and var removed)
                logger.LogWarning("The hub had {Lines} lines that this database has lost; they were removed there", removed);
            var text = new ShippedText(options.Redact ? new OutputRedactor(options.SecretValues()) : null);
            var session = new ShippingSession(_hub, database, connection, lease, lines, identity, text, ClockWarning(offset), logger);
            await session.LoadAsync(cancellationToken);
            session.Serve(_inbox, cancellationToken);
            return session;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public ShippingFault? FaultOf(Exception e) =>
        HubErrors.IsOfHub(e) ? new ShippingFault(HubErrors.Describe(e, options.Address), HubErrors.NeedsSomeone(e)) : null;

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    internal static string? ClockWarning(TimeSpan offset) => offset.Duration() < TimeSpan.FromMinutes(1) ? null
        : $"This machine's clock is {UptimeFormatter.Of(offset.Duration())} {(offset > TimeSpan.Zero ? "ahead of" : "behind")} the hub's; its lines have these times in the hub, too";

    // How far this machine's clock is ahead of the hub's.
    private static async Task<TimeSpan> ClockOffsetAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var ask = new NpgsqlCommand("SELECT clock_timestamp()", connection);
        var hubs = (DateTime)(await ask.ExecuteScalarAsync(cancellationToken))!;
        return DateTime.UtcNow - hubs.ToUniversalTime();
    }
}
