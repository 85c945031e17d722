using System.Globalization;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Daemon.Configuration;

/// <summary>Other numbers of instances while the processes run.</summary>
internal static class Scaling
{
    /// <summary>Reads <c>web=3,worker=0</c>; returns what is wrong with it, or null.</summary>
    public static string? Parse(string text, ProjectPlan plan, out Dictionary<string, int> counts)
    {
        counts = [];
        var (entries, most) = (plan.Processes.Select(p => p.Entry).Distinct().ToList(), plan.Settings.Ports.MaxInstances);
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split('=', StringSplitOptions.TrimEntries) is not [var entry, var number])
                return $"\"{part}\": expected NAME=NUMBER, as in web=3";
            if (!entries.Contains(entry)) return UnknownProcessText.Of(entry, entries);
            if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > most)
                return $"\"{part}\": expected a number of instances from 0 to {most}, because their ports lie between those of two entries";
            counts[entry] = count;
        }

        return counts.Count == 0 ? "Expected NAME=NUMBER, as in web=3" : null;
    }

    /// <summary>
    /// The current plan with the instances that the next plan has of the scaled entries. Existing instances stay unchanged, even if the
    /// files have other changes.
    /// </summary>
    public static ProjectPlan Apply(ProjectPlan inForce, ProjectPlan next, IReadOnlyCollection<string> scaled)
    {
        var known = inForce.Processes.ToDictionary(p => p.Name);
        return inForce with
        {
            Settings = inForce.Settings with { Formation = next.Settings.Formation },
            Processes =
            [
                .. inForce.Processes.Select(p => p.Entry).Distinct().SelectMany(entry => scaled.Contains(entry)
                    ? next.Processes.Where(p => p.Entry == entry).Select(p => known.TryGetValue(p.Name, out var living) ? living with { NotStartedReason = p.NotStartedReason } : p)
                    : inForce.Processes.Where(p => p.Entry == entry)),
            ],
        };
    }
}
