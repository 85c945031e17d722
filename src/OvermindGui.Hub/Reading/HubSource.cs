using System.Globalization;
using Npgsql;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Hub.Reading;

/// <summary>A process of some project, whose lines are read.</summary>
/// <param name="Project">The project's number in the hub.</param>
/// <param name="ClearedId">Lines up to this one are hidden.</param>
/// <param name="PurgedId">Lines up to this one are deleted.</param>
internal sealed record HubSource(int Project, int Process, long ClearedId, long PurgedId, string Host, string ProjectName, string Name)
{
    public ProjectOrigin Origin => new(Host, ProjectName, Project);

    /// <summary>Whether lines are hidden that are still there.</summary>
    public bool HidesLines => ClearedId > PurgedId;

    /// <summary>The processes that a filter means.</summary>
    /// <exception cref="HubRequestException">A name is unknown.</exception>
    public static async Task<IReadOnlyList<HubSource>> FindAsync(NpgsqlConnection connection, HubLineFilter filter, CancellationToken cancellationToken)
    {
        await using var ask = new NpgsqlCommand(
            "SELECT p.id, k.id, k.cleared_id, k.purged_id, p.host, p.name, k.name FROM overmind.projects p JOIN overmind.processes k ON k.project_id = p.id ORDER BY p.id, k.id", connection);
        await using var rows = await ask.ExecuteReaderAsync(cancellationToken);
        var all = new List<HubSource>();
        while (await rows.ReadAsync(cancellationToken))
            all.Add(new HubSource(rows.GetInt32(0), rows.GetInt32(1), rows.GetInt64(2), rows.GetInt64(3), rows.GetString(4), rows.GetString(5), rows.GetString(6)));
        var chosen = Narrow(all, "host", filter.Hosts, s => [s.Host]);
        chosen = Narrow(chosen, "project", filter.Projects, s => [s.ProjectName, s.Project.ToString(CultureInfo.InvariantCulture)]);
        return Narrow(chosen, "process", filter.Processes, s => [s.Name]);
    }

    /// <summary>The sources as the table <c>s(project, process, cleared)</c> of a query.</summary>
    public static string Table(NpgsqlCommand command, IReadOnlyList<HubSource> sources) => $"{Arrays(command, sources)}) s(project, process, cleared)";

    /// <summary>The same with one more column of numbers.</summary>
    public static string Table(NpgsqlCommand command, IReadOnlyList<HubSource> sources, string column, long[] values) =>
        $"{Arrays(command, sources)}, {command.Add(values)}) s(project, process, cleared, {column})";

    private static string Arrays(NpgsqlCommand command, IReadOnlyList<HubSource> sources) =>
        $"unnest({command.Add(sources.Select(s => s.Project).ToArray())}, {command.Add(sources.Select(s => s.Process).ToArray())}, {command.Add(sources.Select(s => s.ClearedId).ToArray())}";

    private static List<HubSource> Narrow(List<HubSource> sources, string what, IReadOnlyList<string> names, Func<HubSource, string[]> namesOf)
    {
        if (names.Count == 0) return sources;
        var known = sources.SelectMany(namesOf).ToHashSet();
        if (names.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            throw new HubRequestException($"Unknown {what}: {unknown} (known: {PlainText.Names([.. sources.Select(s => namesOf(s)[0]).Distinct().Order(StringComparer.Ordinal)])})", isUnknown: true);
        return [.. sources.Where(s => namesOf(s).Any(names.Contains))];
    }
}
