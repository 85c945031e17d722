namespace OvermindGui.Core.Storage;

/// <summary>A coding agent that uses the tools of the project.</summary>
public sealed class AgentClient
{
    public long Id { get; init; }

    /// <summary>Identifies one connection of a client over standard input and output, or all of one name over HTTP.</summary>
    public required string Connection { get; init; }

    /// <summary>The name that the client reports.</summary>
    public required string Name { get; init; }

    /// <summary><c>stdio</c> or <c>http</c>.</summary>
    public required string Transport { get; init; }

    /// <summary>The tier of its own configuration.</summary>
    public required string Allowed { get; init; }

    /// <summary>The process that serves it on standard input and output: PID namespace, PID and start time; null over HTTP.</summary>
    public string? Process { get; init; }

    /// <summary>Unix seconds.</summary>
    public required double FirstSeen { get; init; }

    /// <summary>Unix seconds.</summary>
    public required double LastSeen { get; init; }

    /// <summary>Unix seconds; null until it has disconnected.</summary>
    public double? EndedAt { get; init; }
}
