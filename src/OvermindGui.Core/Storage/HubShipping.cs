namespace OvermindGui.Core.Storage;

/// <summary>How far this project's lines have been shipped to the hub. It has one row, which the daemon writes; none without a hub.</summary>
public sealed class HubShipping
{
    /// <summary>Lines arrive.</summary>
    public const string Shipping = "shipping";

    /// <summary>The hub cannot be reached now; it is tried again.</summary>
    public const string Waiting = "waiting";

    /// <summary>The hub answered, and nothing changes until someone acts; it is tried again at long intervals.</summary>
    public const string Refused = "refused";

    public int Id { get; init; }

    /// <summary>Host and database of the hub, without user and password.</summary>
    public required string Target { get; init; }

    /// <summary><see cref="Shipping"/>, <see cref="Waiting"/> or <see cref="Refused"/>.</summary>
    public required string State { get; set; }

    /// <summary>Why it does not ship, or a warning; null when all is well.</summary>
    public string? Message { get; set; }

    /// <summary>The newest line that the hub has.</summary>
    public required long LineId { get; set; }

    /// <summary>Unix seconds.</summary>
    public required double UpdatedAt { get; set; }
}
