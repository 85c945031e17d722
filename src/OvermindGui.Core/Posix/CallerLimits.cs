using System.Globalization;
using System.Runtime.InteropServices;

namespace OvermindGui.Core.Posix;

/// <summary>
/// What the caller of this program allowed and gave it, for the programs that it starts. .NET raises the soft limit of open files before our
/// first line, so the value is read from the parent, and handed on from the command line to the daemon and over restarts.
/// </summary>
public static partial class CallerLimits
{
    /// <summary>Between our own programs; no business of those that they run.</summary>
    public const string Variable = "OVERMIND_GUI_OPEN_FILES";

    private const int OpenFilesLimit = 7; // RLIMIT_NOFILE, on Linux
    private const int SetDescriptorFlags = 2; // F_SETFD
    private const int CloseOnExec = 1; // FD_CLOEXEC
    private const int FirstOther = 3; // after standard input, output and error
    private const string LimitName = "Max open files";

    /// <summary>
    /// The caller's soft limit of open files, where it differs from ours. Null where it is not known: on other systems than Linux, and for a
    /// program whose parent is not its caller, such as the first one of a container or a service of systemd.
    /// </summary>
    public static ulong? OpenFiles { get; } = Find();

    /// <summary>Hands the limit on to all of our programs that this one starts.</summary>
    public static void HandOver() => Environment.SetEnvironmentVariable(Variable, OpenFiles?.ToString(CultureInfo.InvariantCulture));

    /// <summary>Keeps the descriptors that the caller left open from the programs that this one starts.</summary>
    public static void KeepDescriptors()
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists("/proc/self/fd")) return;
        foreach (var entry in Directory.GetFileSystemEntries("/proc/self/fd"))
            if (int.TryParse(Path.GetFileName(entry), CultureInfo.InvariantCulture, out var descriptor) && descriptor >= FirstOther)
                _ = SetFlags(descriptor, SetDescriptorFlags, CloseOnExec); // one that is closed meanwhile needs none
    }

    /// <summary>Gives this program the caller's limit, before another takes its place.</summary>
    public static void Restore() => Set(OpenFiles);

    /// <summary>Takes <see cref="Restore"/> back: nothing has taken its place.</summary>
    public static void Raise() => Set(OpenFiles is null ? null : ulong.MaxValue);

    private static void Set(ulong? soft)
    {
        if (soft is not { } wanted || GetLimit(OpenFilesLimit, out var current) != 0) return;
        var changed = current with { Soft = Math.Min(wanted, current.Hard) };
        _ = SetLimit(OpenFilesLimit, in changed); // lowering is never refused, and raising to the hard limit is not either
    }

    private static ulong? Find()
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess) return null;
        if (Number(Environment.GetEnvironmentVariable(Variable)) is { } handedOver) return handedOver;
        return ParentId() is > 1 and var parent && SoftLimitOf($"/proc/{parent}/limits") is { } caller
            && SoftLimitOf("/proc/self/limits") is { } own && caller < own
            ? caller
            : null;
    }

    private static ulong? SoftLimitOf(string path)
    {
        try
        {
            // proc_pid_limits(5): a table of name, soft limit, hard limit, unit.
            return File.ReadLines(path).FirstOrDefault(line => line.StartsWith(LimitName, StringComparison.Ordinal)) is { } line
                ? Number(line[LimitName.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0])
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // of another user, or gone
        }
    }

    private static ulong? Number(string? text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>struct rlimit, on 64-bit systems.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct ResourceLimit(ulong Soft, ulong Hard);

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int ParentId();

    [LibraryImport("libc", EntryPoint = "getrlimit", SetLastError = true)]
    private static partial int GetLimit(int resource, out ResourceLimit limit);

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, in ResourceLimit limit);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int SetFlags(int descriptor, int command, nint flags);
}
