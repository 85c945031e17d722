namespace OvermindGui.Core.Storage;

/// <summary>A request to the daemon. Scripts may insert command, process_name and timestamp; the rest has defaults.</summary>
public sealed class DaemonCommand
{
    public const string Pending = "pending";
    public const string Completed = "completed";

    public long Id { get; init; }

    /// <summary>A lower-case <see cref="Contracts.CommandKind"/>; anything else is refused with an outcome.</summary>
    public required string Command { get; init; }

    /// <summary>The process it is for; null for all, and for <c>quit</c>.</summary>
    public string? ProcessName { get; init; }

    /// <summary>What <c>input</c> hands to the process; removed once that is done.</summary>
    public string? Argument { get; init; }

    /// <summary>Who asked, as <see cref="Contracts.Initiator"/> writes it; null in rows that scripts insert.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>When it was asked, Unix seconds.</summary>
    public required double Timestamp { get; init; }

    /// <summary><see cref="Pending"/> or <see cref="Completed"/>.</summary>
    public string Status { get; init; } = Pending;

    /// <summary>Whether it was carried out; null while pending.</summary>
    public bool? Succeeded { get; init; }

    /// <summary>What to tell the person who asked; null while pending.</summary>
    public string? Outcome { get; init; }
}
