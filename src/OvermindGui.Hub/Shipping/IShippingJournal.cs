namespace OvermindGui.Hub.Shipping;

/// <summary>Where the shipper leaves word of how far it is, for people on this machine.</summary>
public interface IShippingJournal
{
    /// <summary>Must not wait.</summary>
    void Record(ShippingReport report);
}

/// <summary>How the shipping goes.</summary>
/// <param name="State">One of the states of <see cref="Core.Storage.HubShipping"/>.</param>
/// <param name="Message">Why it does not ship, or a warning; null when all is well.</param>
/// <param name="LineId">The newest line that the hub has; null while that is unknown.</param>
public sealed record ShippingReport(string State, string? Message, long? LineId);
