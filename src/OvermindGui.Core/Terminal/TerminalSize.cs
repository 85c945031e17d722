using System.Runtime.InteropServices;

namespace OvermindGui.Core.Terminal;

/// <summary>The window size reported to the program. It bounds cursor movement; lines are not wrapped at it.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TerminalSize(int Columns, int Rows)
{
    /// <summary>The maximum number of columns, and of rows.</summary>
    public const int Largest = 1000;

    /// <summary>Wide enough for a log line, so that programs do not break it.</summary>
    public static TerminalSize Default { get; } = new(200, 50);
}
