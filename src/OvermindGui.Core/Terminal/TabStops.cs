namespace OvermindGui.Core.Terminal;

/// <summary>Tab stops: every eighth column by default.</summary>
internal sealed class TabStops
{
    private const int Distance = 8;

    private bool[]? _set; // null for the default stops

    /// <summary>True for the default stops.</summary>
    public bool AreDefault => _set is null;

    /// <summary>The next stop after a column, with the default stops.</summary>
    public static int Next(int column) => (column / Distance + 1) * Distance;

    public int After(int column)
    {
        if (_set is null) return Next(column);
        do column++;
        while (column < _set.Length && !_set[column]);
        return column;
    }

    public int Before(int column)
    {
        if (_set is null) return (column - 1) / Distance * Distance;
        do column--;
        while (column > 0 && !_set[column]);
        return column;
    }

    public void Set(int column)
    {
        if (column < TerminalSize.Largest) Own()[column] = true;
    }

    public void Clear(int column)
    {
        if (column < TerminalSize.Largest) Own()[column] = false;
    }

    public void ClearAll() => _set = new bool[TerminalSize.Largest];

    public void Reset() => _set = null;

    private bool[] Own() => _set ??= [.. Enumerable.Range(0, TerminalSize.Largest).Select(column => column % Distance == 0)];
}
