using OvermindGui.Core.Storage;
using OvermindGui.Hub.Model;

namespace OvermindGui.Hub.Shipping;

/// <summary>A table of a project's own database whose rows the hub has too.</summary>
internal interface IMirroredTable
{
    /// <summary>Reads what the hub has.</summary>
    Task LoadAsync(HubDbContext hub, int project, CancellationToken cancellationToken);

    /// <summary>Finds the rows that differ from what the hub has; true when there are any.</summary>
    bool FindChanges(OvermindDbContext local);

    /// <summary>Puts the changes into the context.</summary>
    Task ApplyAsync(HubDbContext hub, int project, CancellationToken cancellationToken);

    /// <summary>The changes are in the hub.</summary>
    void Accept();
}
