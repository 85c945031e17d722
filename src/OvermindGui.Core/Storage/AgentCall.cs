namespace OvermindGui.Core.Storage;

/// <summary>A call of a tool by an agent.</summary>
public sealed class AgentCall
{
    public long Id { get; init; }

    public required long ClientId { get; init; }

    /// <summary>Unix seconds.</summary>
    public required double Time { get; init; }

    public required string Tool { get; init; }

    /// <summary>What it was about, such as names of processes; null for everything.</summary>
    public string? Subject { get; init; }

    /// <summary><c>ok</c>, or the code of the error.</summary>
    public required string Outcome { get; init; }

    /// <summary>Size of the answer.</summary>
    public required int Bytes { get; init; }
}
