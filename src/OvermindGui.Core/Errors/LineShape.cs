namespace OvermindGui.Core.Errors;

/// <summary>A line without what differs each time it is printed: numbers, times, hexadecimal and other ids. Words, paths and quoted values stay.</summary>
internal static class LineShape
{
    // Two lines that begin so are the same line.
    private const int Most = 4_096;

    public static string Of(string line)
    {
        var shape = new char[Math.Min(line.Length, Most)];
        return new string(shape, 0, new MessageShape(line, shape).Write(blankQuoted: false, blankPaths: false));
    }
}
