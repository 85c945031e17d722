namespace OvermindGui.Daemon.OvermindBackend;

/// <summary>
/// What overmind puts in front of every line: the name in bold and colour, padded to the longest, and a bar; where
/// OVERMIND_SHOW_TIMESTAMPS is set, the time before it. Only the first one of a line is overmind's.
/// </summary>
internal static class LinePrefix
{
    private const int TimeLength = 9; // "15:04:05 "

    /// <summary>False without a prefix: then the line comes from overmind itself.</summary>
    /// <param name="text">What the process printed.</param>
    public static bool TryTake(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> text)
    {
        name = text = default;
        if (TryTakeColor("\e[0;38;5;"u8, ref line))
        {
            if (line.Length < TimeLength) return false;
            line = line[TimeLength..];
        }

        if (!TryTakeColor("\e[1;38;5;"u8, ref line)) return false;
        var bar = "\e[0m | "u8;
        if (line.IndexOf(bar) is not (> 0 and var end)) return false;
        name = line[..end].TrimEnd((byte)' ');
        text = line[(end + bar.Length)..];
        // No name holds a space or a sequence: then it was a colour of something else.
        return !name.IsEmpty && !name.ContainsAny((byte)' ', (byte)'\e');
    }

    private static bool TryTakeColor(ReadOnlySpan<byte> sequence, ref ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith(sequence)) return false;
        var rest = line[sequence.Length..];
        var digits = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits is < 1 or > 3 || rest[digits] != (byte)'m') return false;
        line = rest[(digits + 1)..];
        return true;
    }
}
