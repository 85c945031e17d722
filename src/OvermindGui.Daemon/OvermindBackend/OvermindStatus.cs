using System.Globalization;

namespace OvermindGui.Daemon.OvermindBackend;

/// <summary>A row of <c>overmind status</c>.</summary>
/// <param name="Pid">Of the current or last run; 0 when there is none yet.</param>
/// <param name="IsUp">False when overmind calls it dead.</param>
internal sealed record OvermindStatus(string Name, int Pid, bool IsUp)
{
    /// <summary>Reads the table; what is no row of it, such as the header, is left out.</summary>
    public static IReadOnlyList<OvermindStatus> Parse(string table) =>
        [.. table.Split('\n').Select(ParseRow).OfType<OvermindStatus>()];

    private static OvermindStatus? ParseRow(string row) =>
        row.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [var name, var pid, var status]
        && int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new OvermindStatus(name, number, status == "running")
            : null;
}
