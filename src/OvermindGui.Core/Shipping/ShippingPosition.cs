namespace OvermindGui.Core.Shipping;

/// <summary>How far the lines of a database have been shipped.</summary>
/// <param name="Database">The name of that database: ids of another one mean other lines.</param>
/// <param name="LineId">All lines up to this one are there, except those that are held back.</param>
/// <param name="Held">Ids of lines up to it that are still changing, in order.</param>
public sealed record ShippingPosition(string Database, long LineId, IReadOnlyList<long> Held)
{
    /// <param name="lineId">The newest line that is there.</param>
    public ShippingPosition(string database, long lineId) : this(database, lineId, [])
    {
    }

    public bool Equals(ShippingPosition? other) => other is not null && Database == other.Database && LineId == other.LineId && Held.SequenceEqual(other.Held);

    public override int GetHashCode() => HashCode.Combine(LineId, Held.Count);
}
