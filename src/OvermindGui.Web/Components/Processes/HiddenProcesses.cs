using OvermindGui.Core.Output;

namespace OvermindGui.Web.Components.Processes;

/// <summary>The selection as it stands in the address: <c>?hide=web,api</c>.</summary>
internal static class HiddenProcesses
{
    public const string QueryName = "hide";

    public static ProcessFilter Parse(string? query)
    {
        var names = (query ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return names.Length == 0 ? ProcessFilter.Everything : new ProcessFilter(names.ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Null when nothing is hidden: then the address says nothing.</summary>
    public static string? Format(ProcessFilter filter) =>
        filter.IsEverything ? null : string.Join(',', filter.Hidden.Order(StringComparer.Ordinal));

    public static ProcessFilter Toggle(this ProcessFilter filter, string process)
    {
        var hidden = filter.Hidden.ToHashSet(StringComparer.Ordinal);
        if (!hidden.Remove(process)) hidden.Add(process);
        return hidden.Count == 0 ? ProcessFilter.Everything : new ProcessFilter(hidden);
    }
}
