using System.Runtime.InteropServices;

namespace OvermindGui.Core.Terminal;

/// <summary>The window that a program is told it has. Lines are not wrapped at it; moves of the cursor end there.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TerminalSize(int Columns, int Rows)
{
    /// <summary>The largest number of columns, and of rows, that one may ask for.</summary>
    public const int Largest = 1000;

    /// <summary>Wide enough for a log line, so that programs do not break it.</summary>
    public static TerminalSize Default { get; } = new(200, 50);
}
