using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Shipping;

namespace OvermindGui.Otlp.Connecting;

/// <summary>What a daemon does with an engine for logs.</summary>
/// <param name="Host">Under which name this machine is shown there.</param>
public sealed record OtlpOptions(OtlpEndpoint Endpoint, string Host)
{
    /// <summary>The variable with the address. Its siblings with <c>_HEADERS</c> and so on begin with it.</summary>
    public const string Variable = "OVERMIND_GUI_OTLP";

    /// <summary>The variable with headers, which may hold secrets. Processes do not inherit it.</summary>
    public const string HeadersVariable = "OVERMIND_GUI_OTLP_HEADERS";

    public IReadOnlyList<OtlpHeader> Headers { get; init; } = [];

    public bool Compresses { get; init; } = true;

    /// <summary>A PEM file with the authorities that are trusted; null for those of the system.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>How long a line has to stay as it is before it is sent.</summary>
    public TimeSpan SettleTime { get; init; } = SettledLines.UsualSettleTime;

    /// <summary>Whether recognised secrets are removed from lines before they leave the machine.</summary>
    public bool Redact { get; init; }

    /// <summary>Values that are secret whatever they look like, asked for when lines are redacted.</summary>
    public Func<IReadOnlyList<string>> SecretValues { get; init; } = () => [];

    /// <summary>Looks up a variable of a header.</summary>
    public Func<string, string?> VariableValue { get; init; } = _ => null;
}
