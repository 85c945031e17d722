using OvermindGui.Core.Contracts;

namespace OvermindGui.Otlp.Exporting;

/// <summary>What the engine has not taken in this daemon's life, and will not.</summary>
internal sealed class Rejections
{
    private long _lines;

    /// <summary>The engine's words about the last ones; empty when there are none.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>For people; null while there are none.</summary>
    public string? Words => (_lines, Reason) switch
    {
        (0, "") => null,
        (0, _) => $"it says: {Reason}",
        (_, "") => $"it has rejected {Quantity.Lines(_lines)}",
        _ => $"it has rejected {Quantity.Lines(_lines)}: {Reason}",
    };

    public void Add(long lines, string reason)
    {
        _lines += lines;
        if (reason.Length > 0) Reason = reason;
    }
}
