using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OvermindGui.Core.Posix;

/// <summary>The calls that make a pseudo-terminal and read it, and every number in which Linux and macOS differ there.</summary>
public static partial class NativeTerminal
{
    public const int ReadWrite = 2; // O_RDWR

    public const int Now = 0; // TCSANOW
    public const uint Echo = 0x8; // ECHO
    public const int MaxAttributes = 128; // more than struct termios takes anywhere

    public static readonly uint Canonical = OperatingSystem.IsMacOS() ? 0x100u : 0x2u; // ICANON
    public static readonly int NonBlocking = OperatingSystem.IsMacOS() ? 0x4 : 0x800; // O_NONBLOCK
    public static readonly int NoControllingTerminal = OperatingSystem.IsMacOS() ? 0x20000 : 0x100; // O_NOCTTY
    public static readonly int CloseOnExec = OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000; // O_CLOEXEC
    public static readonly int LocalModesOffset = OperatingSystem.IsMacOS() ? 24 : 12; // of c_lflag in struct termios
    private static readonly nuint ControlSetWindowSize = OperatingSystem.IsMacOS() ? 0x80087467u : 0x5414u; // TIOCSWINSZ
    private static readonly nuint ControlSetControllingTerminal = OperatingSystem.IsMacOS() ? 0x20007461u : 0x540Eu; // TIOCSCTTY

    [LibraryImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    public static partial SafeFileHandle OpenMaster(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    public static partial int Grant(SafeFileHandle master);

    [LibraryImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    public static partial int Unlock(SafeFileHandle master);

    [LibraryImport("libc", EntryPoint = "ptsname_r", SetLastError = true)]
    public static partial int GetName(SafeFileHandle master, Span<byte> buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    public static partial int GetAttributes(SafeFileHandle terminal, Span<byte> attributes);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    public static partial int SetAttributes(SafeFileHandle terminal, int when, ReadOnlySpan<byte> attributes);

    [LibraryImport("libc", EntryPoint = "tcgetpgrp", SetLastError = true)]
    public static partial int GetForegroundGroup(SafeFileHandle terminal);

    /// <summary>The local modes, such as <see cref="Echo"/>; null for a terminal that has gone.</summary>
    public static uint? GetLocalModes(SafeFileHandle terminal)
    {
        Span<byte> attributes = stackalloc byte[MaxAttributes];
        return GetAttributes(terminal, attributes) == 0 ? BinaryPrimitives.ReadUInt32LittleEndian(attributes[LocalModesOffset..]) : null;
    }

    public static int SetWindowSize(SafeFileHandle terminal, int rows, int columns)
    {
        var native = new NativeWindowSize { Lines = (ushort)rows, Columns = (ushort)columns };
        // ioctl takes its last argument as a variadic one. Apple's ARM convention puts those on the stack: fill the registers before it.
        return OperatingSystem.IsMacOS() && RuntimeInformation.ProcessArchitecture == Architecture.Arm64
            ? ControlOnAppleArm(terminal, ControlSetWindowSize, 0, 0, 0, 0, 0, 0, native)
            : Control(terminal, ControlSetWindowSize, native);
    }

    public static int SetControllingTerminal(SafeFileHandle terminal) => Control(terminal, ControlSetControllingTerminal, 0);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeFileHandle descriptor, nuint request, nint argument);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeFileHandle descriptor, nuint request, in NativeWindowSize argument);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int ControlOnAppleArm(
        SafeFileHandle descriptor, nuint request, nint x2, nint x3, nint x4, nint x5, nint x6, nint x7, in NativeWindowSize argument);

    private struct NativeWindowSize // struct winsize
    {
        public ushort Lines;
        public ushort Columns;
        public ushort PixelWidth;
        public ushort PixelHeight;
    }
}
