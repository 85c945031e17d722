using System.Globalization;
using OvermindGui.Hub.Reading;

namespace OvermindGui.Web.HubView;

/// <summary>What is chosen in the tree: everything, a machine, a project or one of its processes.</summary>
/// <param name="Project">The project's number in the hub.</param>
/// <param name="Title">For people.</param>
public sealed record HubChoice(string? Host, int? Project, string? Process, string Title)
{
    /// <summary>All machines.</summary>
    public static HubChoice All { get; } = new(null, null, null, "all machines");

    /// <summary>The lines that are meant.</summary>
    public HubLineFilter Filter => new()
    {
        Hosts = Host is null ? [] : [Host],
        Projects = Project is { } number ? [number.ToString(CultureInfo.InvariantCulture)] : [],
        Processes = Process is null ? [] : [Process],
    };

    public bool Equals(HubChoice? other) => other is not null && (Host, Project, Process) == (other.Host, other.Project, other.Process);

    public override int GetHashCode() => HashCode.Combine(Host, Project, Process);
}
