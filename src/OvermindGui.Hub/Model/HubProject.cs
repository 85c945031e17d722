namespace OvermindGui.Hub.Model;

/// <summary>One project on one machine: a database of lines with ids of its own. A database that begins again from nothing is another project.</summary>
public sealed class HubProject
{
    public int Id { get; init; }

    /// <summary>The machine's name, or the one that was given instead.</summary>
    public required string Host { get; init; }

    /// <summary>The name of the project's database, see <see cref="Core.Storage.DatabaseIdentity"/>.</summary>
    public required string Database { get; init; }

    /// <summary>Last part of the folder's path.</summary>
    public required string Name { get; set; }

    /// <summary>Path of the project's folder on its machine.</summary>
    public required string Folder { get; set; }

    /// <summary>Version of the daemon that shipped last.</summary>
    public required string Version { get; set; }

    /// <summary>Whether its daemon carries out commands from here.</summary>
    public bool AllowsControl { get; set; }

    /// <summary>By how many seconds the machine's clock is ahead of the hub's, as its daemon last found.</summary>
    public double ClockOffset { get; set; }

    /// <summary>By the hub's clock.</summary>
    public DateTimeOffset FirstSeen { get; init; }
}
