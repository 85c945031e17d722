using System.Collections.Specialized;
using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
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

    /// <summary>Reads what <see cref="Query"/> writes.</summary>
    internal static HubChoice Parse(NameValueCollection query)
    {
        var host = query["host"] is { Length: > 0 } name ? name : null;
        int? project = int.TryParse(query["project"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        var process = query["process"] is { Length: > 0 } one ? one : null;
        return host is null && project is null && process is null ? All : new HubChoice(host, project, process, string.Join(' ', new[] { host, process }.OfType<string>()));
    }

    /// <summary>The query of the page's address.</summary>
    internal string Query(string? text, bool isRegex, string levels, string since)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in new[] { ("host", Host), ("project", Project?.ToString(CultureInfo.InvariantCulture)), ("process", Process), ("q", text), ("regex", isRegex ? "1" : null), ("level", levels), ("since", since) })
            if (!string.IsNullOrEmpty(value)) query.Add(name, value);
        return query.ToString();
    }
}
