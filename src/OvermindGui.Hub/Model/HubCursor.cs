namespace OvermindGui.Hub.Model;

/// <summary>
/// How far a project's lines are here, and which daemon may add to them. It changes in the transaction that adds lines, so each line is added
/// once. All times are by the hub's clock.
/// </summary>
public sealed class HubCursor
{
    public int ProjectId { get; init; }

    /// <summary>The life of a daemon that holds the lease; null when its last one ended in order.</summary>
    public Guid? Holder { get; init; }

    /// <summary>Until then another daemon cannot take the project over.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>The newest line that is here.</summary>
    public long LineId { get; init; }

    /// <summary>Its time: a database that lost its newest lines has another line under the id.</summary>
    public long? LineTime { get; init; }

    /// <summary>The newest entry of the project's change log that was followed.</summary>
    public long AmendmentId { get; init; }

    /// <summary>The lines up to this one are in the counts of <see cref="Core.Storage.LineCount"/>.</summary>
    public long CountedId { get; init; }

    /// <summary>Lines that were still to come after the last batch.</summary>
    public long Backlog { get; init; }

    public DateTimeOffset? ShippedAt { get; init; }
}
