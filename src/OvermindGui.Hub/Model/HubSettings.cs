namespace OvermindGui.Hub.Model;

/// <summary>What holds for the whole hub. It has one row.</summary>
public sealed class HubSettings
{
    public const int DefaultKeepDays = 30;

    public int Id { get; init; }

    /// <summary>Days of lines that are kept.</summary>
    public int KeepDays { get; set; }
}
