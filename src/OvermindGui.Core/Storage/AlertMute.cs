namespace OvermindGui.Core.Storage;

/// <summary>An alert that does nothing for a while.</summary>
public sealed class AlertMute
{
    /// <summary>The rule's name.</summary>
    public required string Rule { get; init; }

    /// <summary>Unix seconds.</summary>
    public required double Until { get; set; }
}
