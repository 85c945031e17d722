namespace OvermindGui.Core.Shipping;

/// <summary>Where a shipper leaves word of how far it is, for people on this machine.</summary>
public interface IShippingJournal
{
    /// <summary>Must not wait.</summary>
    void Record(ShippingReport report);
}

/// <summary>How the shipping goes.</summary>
/// <param name="State">One of the states of <see cref="Storage.ShippingState"/>.</param>
/// <param name="Message">Why it does not ship, or a warning; null when all is well.</param>
/// <param name="Position">How far it is; null while that is unknown.</param>
public sealed record ShippingReport(string State, string? Message, ShippingPosition? Position);
