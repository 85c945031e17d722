using System.Runtime.InteropServices;

namespace OvermindGui.Daemon.Supervision;

/// <summary>How many characters fit on a terminal: wide enough for a log line, so that programs do not break it.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct WindowSize(int Columns, int Lines)
{
    /// <summary>The largest number of columns, and of lines, that one may ask for.</summary>
    public const int Largest = 1000;

    public static WindowSize Default { get; } = new(200, 50);
}
