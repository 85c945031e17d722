namespace OvermindGui.Core.Storage;

/// <summary>What a page shows, under a name that everybody in the project can choose.</summary>
public sealed class SavedView
{
    public long Id { get; init; }

    /// <summary>Unique, whatever its case.</summary>
    public required string Name { get; init; }

    /// <summary>The query of the page's address, without the question mark.</summary>
    public required string Query { get; set; }

    /// <summary>Unix seconds.</summary>
    public required double SavedAt { get; set; }
}
