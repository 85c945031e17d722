namespace OvermindGui.Core.Storage;

/// <summary>A command to the daemon. Scripts may insert command, process_name and timestamp; the other columns have defaults.</summary>
public sealed class DaemonCommand
{
    public const string Pending = "pending";
    public const string Completed = "completed";

    public long Id { get; init; }

    /// <summary>A lower-case <see cref="Contracts.CommandKind"/>; the daemon rejects anything else with an outcome.</summary>
    public required string Command { get; init; }

    /// <summary>The target process; null for all, and for <c>quit</c>.</summary>
    public string? ProcessName { get; init; }

    /// <summary>The text that <c>input</c> sends to the process; removed once the command is done.</summary>
    public string? Argument { get; init; }

    /// <summary>The initiator, in the format of <see cref="Contracts.Initiator"/>; null in rows that scripts insert.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>Time of the request, Unix seconds.</summary>
    public required double Timestamp { get; init; }

    /// <summary><see cref="Pending"/> or <see cref="Completed"/>.</summary>
    public string Status { get; init; } = Pending;

    /// <summary>Whether it was carried out; null while pending.</summary>
    public bool? Succeeded { get; init; }

    /// <summary>The message for the caller; null while pending.</summary>
    public string? Outcome { get; init; }
}
