namespace OvermindGui.Core.Contracts;

/// <summary>The twelve prefix colours, by Procfile order, cycling.</summary>
public static class ProcessColors
{
    private static readonly int[] Palette = [6, 3, 2, 5, 4, 9, 10, 11, 12, 13, 14, 1];

    /// <summary>ANSI palette index (0 to 15) for the process at this 0-based position of the Procfile.</summary>
    public static int ForPosition(int position) => Palette[position % Palette.Length];

    /// <summary>The same from a list of the person's own, xterm colours 0 to 255; null or empty for ours.</summary>
    public static int ForPosition(int position, IReadOnlyList<int>? colors) =>
        colors is { Count: > 0 } ? colors[position % colors.Count] : ForPosition(position);
}
