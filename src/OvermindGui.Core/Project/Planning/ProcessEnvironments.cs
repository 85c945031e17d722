using System.Collections.Immutable;
using System.Globalization;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Project.Planning;

/// <summary>
/// Computes the variables of each process: those of the files, then its own name and port and the ports of all others, then its own
/// settings. The immutable dictionaries share their nodes, so a thousand processes do not hold a million variables.
/// </summary>
public static class ProcessEnvironments
{
    private static readonly SourceLocation Origin = SourceLocation.Of("Overmind GUI");

    public static IReadOnlyList<PlannedProcess> Give(
        IReadOnlyList<PlannedProcess> processes, IReadOnlyDictionary<string, PlannedVariable> files)
    {
        var shared = files.ToImmutableDictionary().SetItems(
            processes.Where(p => p.Port is not null).Select(p => Variable(PortVariableOf(p.Name), p.Port!.Value)));
        return [.. processes.Select(p => p with { Environment = Of(p, shared, files) })];
    }

    /// <summary>The variable that holds a process's port for the other processes: <c>OVERMIND_PROCESS_web_2_PORT</c>.</summary>
    public static string PortVariableOf(string process) =>
        $"OVERMIND_PROCESS_{string.Concat(process.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'))}_PORT";

    /// <summary>Whether the variable only holds the port of another process.</summary>
    public static bool IsPortOfAnother(string name, PlannedVariable variable) =>
        variable.Origin == Origin && name.StartsWith("OVERMIND_PROCESS_", StringComparison.Ordinal);

    private static ImmutableDictionary<string, PlannedVariable> Of(
        PlannedProcess process, ImmutableDictionary<string, PlannedVariable> shared, IReadOnlyDictionary<string, PlannedVariable> files)
    {
        var own = PortVariableOf(process.Name);
        var result = files.TryGetValue(own, out var fromFile) ? shared.SetItem(own, fromFile) : shared.Remove(own);
        result = result.SetItem("PS", new PlannedVariable(process.Name, Origin));
        if (process.Port is { } port) result = result.SetItems([Variable("PORT", port)]);
        return result.SetItems(process.Environment);
    }

    private static KeyValuePair<string, PlannedVariable> Variable(string name, int port) =>
        new(name, new PlannedVariable(port.ToString(CultureInfo.InvariantCulture), Origin));
}
