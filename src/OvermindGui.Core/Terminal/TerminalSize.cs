namespace OvermindGui.Core.Terminal;

/// <summary>The window that a program is told it has. Lines are not wrapped at it; moves of the cursor end there.</summary>
public readonly record struct TerminalSize(int Columns, int Rows)
{
    public static TerminalSize Default { get; } = new(200, 50);
}
