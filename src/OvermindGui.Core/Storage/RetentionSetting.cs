namespace OvermindGui.Core.Storage;

/// <summary>
/// The limits of stored output: what options and files say, and what was set while the project runs, which wins. The table has one row at most; null
/// for what was not set.
/// </summary>
public sealed class RetentionSetting
{
    public int Id { get; init; }

    /// <summary>What options and files of the newest daemon say, as <see cref="Contracts.RetentionLimits"/> writes it.</summary>
    public string? Configured { get; init; }

    /// <summary>Lines of each process.</summary>
    public long? KeepLines { get; init; }

    /// <summary>Days that lines are kept.</summary>
    public int? KeepDays { get; init; }

    /// <summary>Size of the database in bytes.</summary>
    public long? KeepSize { get; init; }

    /// <summary>Days that the output before crashes and around errors is kept; 0 for no longer than the rest.</summary>
    public int? KeepCrashes { get; init; }

    /// <summary>When a limit was set last while the project ran, Unix seconds.</summary>
    public double? ChangedAt { get; init; }
}
