using System.ComponentModel;
using System.Runtime.InteropServices;

namespace OvermindGui.Core.Posix;

/// <summary>
/// The terminal on which this program runs, in raw mode: every key arrives at once and as typed. Disposing it, or the end of the program by
/// any way that runs code, restores the mode in which it was.
/// </summary>
public sealed partial class RawTerminal : IDisposable
{
    private const int Input = 0;
    private const int Output = 1;
    private const int Now = 0; // TCSANOW
    private const int MaxAttributes = 128; // more than struct termios takes anywhere
    private static readonly nuint GetWindowSize = OperatingSystem.IsMacOS() ? 0x40087468u : 0x5413u; // TIOCGWINSZ

    private readonly Lock _gate = new();
    private readonly byte[] _before;
    private bool _isRestored;

    private RawTerminal(byte[] before) => _before = before;

    /// <summary>True when standard input and output are terminals.</summary>
    public static bool IsThere => IsTerminal(Input) == 1 && IsTerminal(Output) == 1;

    /// <summary>The window's columns and rows; null where they are unknown.</summary>
    public static unsafe (int Columns, int Rows)? Window
    {
        get
        {
            var size = stackalloc ushort[4]; // struct winsize: rows, columns, pixels
            var isKnown = OperatingSystem.IsMacOS() && RuntimeInformation.ProcessArchitecture == Architecture.Arm64
                ? ControlOnAppleArm(Output, GetWindowSize, 0, 0, 0, 0, 0, 0, size) == 0
                : Control(Output, GetWindowSize, size) == 0;
            return isKnown && size[0] > 0 && size[1] > 0 ? (size[1], size[0]) : null;
        }
    }

    /// <exception cref="Win32Exception">Standard input is no terminal.</exception>
    public static RawTerminal Enter()
    {
        var before = new byte[MaxAttributes];
        if (GetAttributes(Input, before) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
        var terminal = new RawTerminal(before);
        AppDomain.CurrentDomain.ProcessExit += terminal.Restore;
        AppDomain.CurrentDomain.UnhandledException += terminal.Restore;
        var raw = (byte[])before.Clone();
        MakeRaw(raw);
        if (SetAttributes(Input, Now, raw) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
        return terminal;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isRestored) return;
            _isRestored = true;
            _ = SetAttributes(Input, Now, _before); // fails only when the terminal is gone
        }

        AppDomain.CurrentDomain.ProcessExit -= Restore;
        AppDomain.CurrentDomain.UnhandledException -= Restore;
    }

    private void Restore(object? sender, EventArgs e) => Dispose();

    [LibraryImport("libc", EntryPoint = "isatty")]
    private static partial int IsTerminal(int descriptor);

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    private static partial int GetAttributes(int descriptor, Span<byte> attributes);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    private static partial int SetAttributes(int descriptor, int when, ReadOnlySpan<byte> attributes);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void MakeRaw(Span<byte> attributes);

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static unsafe partial int Control(int descriptor, nuint request, ushort* argument);

    // Apple's ARM convention puts variadic arguments on the stack: fill the registers before it.
    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static unsafe partial int ControlOnAppleArm(
        int descriptor, nuint request, nint x2, nint x3, nint x4, nint x5, nint x6, nint x7, ushort* argument);
}
