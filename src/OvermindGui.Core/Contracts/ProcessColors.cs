namespace OvermindGui.Core.Contracts;

/// <summary>
/// The twelve prefix colours, cycling. Entries get them in the order in which the project first contained them (the order of the Procfile
/// at its first start) and keep them. The instances of an entry share its colour.
/// </summary>
public static class ProcessColors
{
    private const string SystemRow = "system"; // the daemon's own messages have no colour

    private static readonly int[] Palette = [6, 3, 2, 5, 4, 9, 10, 11, 12, 13, 14, 1];

    /// <summary>The colour of each entry, by the names of all processes in the order of their first appearance.</summary>
    public static IReadOnlyDictionary<string, int> ByEntry(IEnumerable<string> names)
    {
        var colors = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in names.Where(name => name != SystemRow)) colors.TryAdd(EntryOf(name), colors.Count);
        return colors;
    }

    private static string EntryOf(string name) => name.IndexOf('#') is > 0 and var end ? name[..end] : name;

    /// <summary>ANSI palette index (0 to 15) for an entry by its 0-based number.</summary>
    public static int ForPosition(int position) => Palette[position % Palette.Length];

    /// <summary>Picks from a user-defined list of xterm colours, 0 to 255; null or empty selects the built-in ones.</summary>
    public static int ForPosition(int position, IReadOnlyList<int>? colors) =>
        colors is { Count: > 0 } ? colors[position % colors.Count] : ForPosition(position);
}
