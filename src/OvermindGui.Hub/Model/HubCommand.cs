namespace OvermindGui.Hub.Model;

/// <summary>A command that is addressed to the daemon of a project.</summary>
public sealed class HubCommand
{
    public const string Pending = "pending";
    public const string Taken = "taken";
    public const string Completed = "completed";

    public long Id { get; init; }

    public int ProjectId { get; init; }

    /// <summary><c>start</c>, <c>stop</c>, <c>restart</c> or <c>kill</c>.</summary>
    public required string Command { get; init; }

    /// <summary>Names and patterns with commas between them; null for all processes.</summary>
    public string? ProcessName { get; init; }

    /// <summary>The hub's user who gave it, filled in by the hub.</summary>
    public string RequestedBy { get; init; } = "";

    /// <summary>By the hub's clock, like the other times.</summary>
    public DateTimeOffset RequestedAt { get; init; }

    /// <summary><see cref="Pending"/>, <see cref="Taken"/> or <see cref="Completed"/>.</summary>
    public string Status { get; init; } = Pending;

    /// <summary>The life of a daemon that took it.</summary>
    public Guid? TakenBy { get; init; }

    public bool? Succeeded { get; init; }

    /// <summary>Message for the caller; null while it is under way.</summary>
    public string? Outcome { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }
}
