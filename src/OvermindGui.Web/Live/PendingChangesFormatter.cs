namespace OvermindGui.Web.Live;

/// <summary>The lines in which the daemon says what a reload changes, or why there can be none.</summary>
internal static class PendingChangesFormatter
{
    /// <summary>Those that are changes: <c>+ web</c>, <c>- worker</c>, <c>~ api: command</c>. The others are words.</summary>
    public static IReadOnlyList<string> ChangesOf(IEnumerable<string> lines) => [.. lines.Where(IsChange)];

    public static bool IsChange(string line) => line.Length > 2 && line[0] is '+' or '-' or '~' && line[1] == ' ';
}
