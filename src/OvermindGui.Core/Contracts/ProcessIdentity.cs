using System.Globalization;

namespace OvermindGui.Core.Contracts;

/// <summary>
/// A text that identifies a process for readers in the same PID namespace: <c>pid:[4026531836]/4711/123456</c>. In another container its PID
/// means another process, or none.
/// </summary>
public static class ProcessIdentity
{
    /// <summary>This process; null on systems without <c>/proc</c>.</summary>
    public static string? Own => ProcessEntry.Of(Environment.ProcessId) is { } entry && Namespace() is { } space
        ? string.Create(CultureInfo.InvariantCulture, $"{space}/{entry.Pid}/{entry.Birth}")
        : null;

    /// <summary>Null when that cannot be determined here.</summary>
    public static bool? Lives(string? identity) => identity?.Split('/') is [var space, var pid, var birth] && space == Namespace()
        && int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? ProcessEntry.Of(number) is { Runs: true } entry && entry.Birth.ToString(CultureInfo.InvariantCulture) == birth
        : null;

    private static string? Namespace()
    {
        try
        {
            return new FileInfo("/proc/self/ns/pid").LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
