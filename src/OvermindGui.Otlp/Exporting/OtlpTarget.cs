using System.Globalization;
using OvermindGui.Core.Secrets;
using OvermindGui.Core.Shipping;
using OvermindGui.Core.Storage;
using OvermindGui.Otlp.Connecting;

namespace OvermindGui.Otlp.Exporting;

/// <summary>An engine that takes OTLP over HTTP as the target of a project's lines. It keeps no cursor, so that is in the project's own database.</summary>
public sealed class OtlpTarget(OvermindDatabase database, OtlpOptions options, TimeProvider time) : IShippingTarget
{
    private readonly Rejections _rejections = new();

    public string Name => options.Endpoint.ToString();

    public Task<IShippingSession> BeginAsync(CancellationToken cancellationToken)
    {
        var identity = new LocalLines(database).Identity() ?? throw new OtlpException("The project's database has no name yet") { NeedsSomeone = false };
        var text = new ShippedText(options.Redact ? new OutputRedactor(options.SecretValues()) : null);
        return Task.FromResult<IShippingSession>(new OtlpSession(
            new OtlpClient(options), new SettledLines(database, Position(identity), options.SettleTime, time), new LogMessages(database.Folder.Name, options.Host, identity, text), _rejections, options.SettleTime / 2));
    }

    public ShippingFault? FaultOf(Exception e) => OtlpErrors.FaultOf(e, options.Endpoint);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // Where an earlier daemon stopped; the beginning for a database that it had not.
    private ShippingPosition Position(string identity)
    {
        using var connection = database.OpenConnection();
        var rows = connection.Query(
            "SELECT line_id, held FROM shipping WHERE name = $1 AND database = $2", row => (Line: row.GetInt64(0), Held: row.GetString(1)), ShippingState.Otlp, identity);
        return rows is [var (line, held)]
            ? new ShippingPosition(identity, line, [.. held.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => long.Parse(id, CultureInfo.InvariantCulture))])
            : new ShippingPosition(identity, 0);
    }
}
