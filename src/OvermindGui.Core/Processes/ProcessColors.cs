namespace OvermindGui.Core.Processes;

/// <summary>The twelve prefix colours, by Procfile order, cycling.</summary>
public static class ProcessColors
{
    private static readonly int[] Palette = [6, 3, 2, 5, 4, 9, 10, 11, 12, 13, 14, 1];

    /// <summary>ANSI palette index (0 to 15) for the process at this 0-based position of the Procfile.</summary>
    public static int ForPosition(int position) => Palette[position % Palette.Length];
}
