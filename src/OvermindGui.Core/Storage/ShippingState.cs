namespace OvermindGui.Core.Storage;

/// <summary>How far this project's lines have been shipped to a target. The daemon writes these rows; there is none for a target that was never used.</summary>
public sealed class ShippingState
{
    /// <summary><see cref="Name"/> of the hub.</summary>
    public const string Hub = "hub";

    /// <summary><see cref="Name"/> of the engine for logs.</summary>
    public const string Otlp = "otlp";

    /// <summary>Lines arrive.</summary>
    public const string Shipping = "shipping";

    /// <summary>The target cannot be reached now; it is tried again.</summary>
    public const string Waiting = "waiting";

    /// <summary>The target answered, and nothing changes until someone acts; it is tried again at long intervals.</summary>
    public const string Refused = "refused";

    /// <summary>The daemon was started without it; the position stays.</summary>
    public const string Off = "off";

    /// <summary><see cref="Hub"/> or <see cref="Otlp"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is, without secrets.</summary>
    public required string Target { get; set; }

    /// <summary><see cref="Shipping"/>, <see cref="Waiting"/>, <see cref="Refused"/> or <see cref="Off"/>.</summary>
    public required string State { get; set; }

    /// <summary>Why it does not ship, or a warning; null when all is well.</summary>
    public string? Message { get; set; }

    /// <summary>All lines up to this one are there, except <see cref="Held"/>.</summary>
    public required long LineId { get; set; }

    /// <summary>Ids of lines up to it that are not there because they are still changing, with commas between them; empty when there are none.</summary>
    public required string Held { get; set; }

    /// <summary>The <see cref="DatabaseIdentity"/> that the ids are of.</summary>
    public required string Database { get; set; }

    /// <summary>Unix seconds.</summary>
    public required double UpdatedAt { get; set; }
}
