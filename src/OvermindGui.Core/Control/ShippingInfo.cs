using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Control;

/// <summary>How the shipping of a project's output to a target goes.</summary>
/// <param name="Name">A name of <see cref="ShippingState"/>.</param>
/// <param name="Target">Where it goes, without user and password.</param>
/// <param name="State">One of the states of <see cref="ShippingState"/>.</param>
/// <param name="Message">Why it does not ship, or a warning; null when all is well.</param>
/// <param name="Behind">Number of lines that the target does not have yet, by their ids.</param>
/// <param name="BehindSince">Time of the oldest line that the target does not have yet; null when it has all.</param>
public sealed record ShippingInfo(string Name, string Target, string State, string? Message, long Behind, DateTimeOffset? BehindSince)
{
    // A batch is on its way for a moment all the time, and an engine for logs gets lines that have settled.
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan UsualSettled = TimeSpan.FromSeconds(10);

    /// <summary>Whether lines arrive.</summary>
    public bool Ships => State == ShippingState.Shipping;

    /// <summary>For people: <c>Hub</c> or <c>OTLP</c>.</summary>
    public string Title => Name == ShippingState.Hub ? "Hub" : "OTLP";

    /// <summary>What is configured, of the hub and the engine for logs; empty when the database is older or cannot be read.</summary>
    public static IReadOnlyList<ShippingInfo> Read(OvermindDatabase database)
    {
        if (!database.IsReady()) return [];
        using var connection = database.OpenConnection();
        return Read(connection);
    }

    internal static IReadOnlyList<ShippingInfo> Read(SqliteConnection connection)
    {
        if (!connection.HasTable("shipping")) return [];
        var rows = connection.Query(
            "SELECT name, target, state, message, line_id FROM shipping WHERE state <> $1 ORDER BY name",
            row => (Name: row.GetString(0), Target: row.GetString(1), State: row.GetString(2), Message: row.Nullable<string>(3), Line: row.GetInt64(4)),
            ShippingState.Off);
        return
        [
            .. rows.Select(row =>
            {
                // By ids: this is asked at every change, and after a night without the target there may be millions of lines.
                var since = connection.Scalar("SELECT time FROM lines WHERE id > $1 ORDER BY id LIMIT 1", row.Line) as long?;
                var behind = since is null ? 0 : (long)connection.Scalar("SELECT max(id) FROM lines")! - row.Line;
                return new ShippingInfo(
                    row.Name, row.Target, row.State, row.Message, behind, since is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null);
            }),
        ];
    }

    /// <summary>Whether it ships, but not as fast as lines come.</summary>
    public bool IsBehind(DateTimeOffset now) => BehindSince is { } since && now - since > (Name == ShippingState.Otlp ? UsualSettled : Usual);

    /// <summary>For people: <c>ships to overmind at db:5432</c>, or what is wrong.</summary>
    public string Describe(DateTimeOffset now) => string.Join("; ", new[]
    {
        Ships ? $"ships to {Target}" : Message ?? $"does not ship to {Target}",
        Lag(now),
        Ships ? Message : null,
    }.OfType<string>());

    /// <summary>How far the target is behind, such as <c>12,345 lines behind, 3m</c>; null when it is not.</summary>
    public string? Lag(DateTimeOffset now) => BehindSince is not { } since ? null
        : $"{Quantity.Lines(Behind)} behind, for {UptimeFormatter.Of(now - since)}";
}
