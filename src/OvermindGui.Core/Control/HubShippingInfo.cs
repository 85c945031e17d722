using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Control;

/// <summary>How the shipping of a project's output to a hub goes.</summary>
/// <param name="Target">The hub, without user and password.</param>
/// <param name="State">One of the states of <see cref="HubShipping"/>.</param>
/// <param name="Message">Why it does not ship, or a warning; null when all is well.</param>
/// <param name="Behind">Number of lines that the hub does not have yet, by their ids.</param>
/// <param name="BehindSince">Time of the oldest line that the hub does not have yet; null when it has all.</param>
public sealed record HubShippingInfo(string Target, string State, string? Message, long Behind, DateTimeOffset? BehindSince)
{
    /// <summary>Whether lines arrive.</summary>
    public bool Ships => State == HubShipping.Shipping;

    /// <summary>Null when no hub was configured, or the database is older or cannot be read.</summary>
    public static HubShippingInfo? Read(OvermindDatabase database)
    {
        if (!database.IsReady()) return null;
        using var connection = database.OpenConnection();
        return Read(connection);
    }

    internal static HubShippingInfo? Read(SqliteConnection connection)
    {
        if (!connection.HasTable("hub_shipping")) return null;
        var rows = connection.Query(
            "SELECT target, state, message, line_id FROM hub_shipping",
            row => (Target: row.GetString(0), State: row.GetString(1), Message: row.Nullable<string>(2), Line: row.GetInt64(3)));
        if (rows is not [var shipping]) return null;
        // By ids: this is asked at every change, and after a night without the hub there may be millions of lines.
        var since = connection.Scalar("SELECT time FROM lines WHERE id > $1 ORDER BY id LIMIT 1", shipping.Line) as long?;
        var behind = since is null ? 0 : (long)connection.Scalar("SELECT max(id) FROM lines")! - shipping.Line;
        return new HubShippingInfo(
            shipping.Target, shipping.State, shipping.Message, behind, since is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null);
    }

    /// <summary>For people: <c>ships to overmind at db:5432</c>, or what is wrong.</summary>
    public string Describe(DateTimeOffset now) => string.Join("; ", new[]
    {
        Ships ? $"ships to {Target}" : Message ?? $"does not ship to {Target}",
        Lag(now),
        Ships ? Message : null,
    }.OfType<string>());

    /// <summary>How far the hub is behind, such as <c>12,345 lines behind, 3m</c>; null when it is not.</summary>
    public string? Lag(DateTimeOffset now) => BehindSince is not { } since ? null
        : $"{Quantity.Lines(Behind)} behind, for {UptimeFormatter.Of(now - since)}";
}
