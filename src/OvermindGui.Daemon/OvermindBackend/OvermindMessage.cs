using System.Globalization;
using System.Text;

namespace OvermindGui.Daemon.OvermindBackend;

internal enum OvermindMessageKind
{
    Started,
    Restarting,
    Restarted,
    Interrupting,
    Killing,
    Exited,
}

/// <summary>
/// A message of overmind about a process, in bold after the name of the process. A process can print the same bytes: a message counts
/// as overmind's only if it is possible in the current state.
/// </summary>
/// <param name="Number">The PID after a start, the exit code after an exit, otherwise 0.</param>
internal readonly record struct OvermindMessage(OvermindMessageKind Kind, int Number = 0)
{
    private const int LongestMessage = 64;

    /// <summary>Null when the line is none of overmind's.</summary>
    public static OvermindMessage? Parse(ReadOnlySpan<byte> line)
    {
        var on = "\e[1m"u8;
        var off = "\e[0m"u8;
        if (!line.StartsWith(on) || !line.EndsWith(off) || line.Length > LongestMessage) return null;
        return Encoding.ASCII.GetString(line[on.Length..^off.Length]) switch
        {
            "Restarting..." => new OvermindMessage(OvermindMessageKind.Restarting),
            "Interrupting..." => new OvermindMessage(OvermindMessageKind.Interrupting),
            "Killing..." => new OvermindMessage(OvermindMessageKind.Killing),
            var text => Numbered(text, "Started with pid ", "...", OvermindMessageKind.Started)
                ?? Numbered(text, "Restarted with pid ", "...", OvermindMessageKind.Restarted)
                ?? Numbered(text, "Exited with code ", "", OvermindMessageKind.Exited),
        };
    }

    private static OvermindMessage? Numbered(string text, string before, string after, OvermindMessageKind kind) =>
        text.StartsWith(before, StringComparison.Ordinal) && text.EndsWith(after, StringComparison.Ordinal)
        && int.TryParse(text.AsSpan(before.Length..^after.Length), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? new OvermindMessage(kind, number)
            : null;
}
