using System.Globalization;
using System.Runtime.InteropServices;

namespace OvermindGui.Core.Posix;

/// <summary>
/// The limits and descriptors that this program inherited from its caller, for the programs that it starts. .NET raises the soft limit of
/// open files before the first line of code runs, so this reads the value from the parent and passes it from the CLI to the daemon and
/// across restarts.
/// </summary>
public static partial class CallerLimits
{
    /// <summary>For our own programs only; removed from the environment of supervised processes.</summary>
    public const string Variable = "OVERMIND_GUI_OPEN_FILES";

    private const int SetDescriptorFlags = 2; // F_SETFD
    private const int CloseOnExec = 1; // FD_CLOEXEC
    private const int FirstOther = 3; // after standard input, output and error
    private const string LimitName = "Max open files";

    /// <summary>
    /// The caller's soft limit of open files if it differs from ours. Null where it is unknown: on systems other than Linux, and for a
    /// program whose parent is not its caller, such as the first process of a container or a systemd service.
    /// </summary>
    public static ulong? OpenFiles { get; } = Find();

    /// <summary>Passes the limit to our own programs that this one starts.</summary>
    public static void HandOver() => Environment.SetEnvironmentVariable(Variable, OpenFiles?.ToString(CultureInfo.InvariantCulture));

    /// <summary>Prevents child processes from inheriting the descriptors that the caller left open.</summary>
    public static void KeepDescriptors()
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists("/proc/self/fd")) return;
        foreach (var entry in Directory.GetFileSystemEntries("/proc/self/fd"))
            if (int.TryParse(Path.GetFileName(entry), CultureInfo.InvariantCulture, out var descriptor) && descriptor >= FirstOther)
                _ = SetFlags(descriptor, SetDescriptorFlags, CloseOnExec); // closed in the meantime
    }

    /// <summary>Restores the caller's limit before another program replaces this one.</summary>
    public static void Restore() => Set(OpenFiles);

    /// <summary>Reverts <see cref="Restore"/> when the replacement failed.</summary>
    public static void Raise() => Set(OpenFiles is null ? null : ulong.MaxValue);

    private static void Set(ulong? soft)
    {
        if (soft is not { } wanted || !ResourceLimit.TryGet(ResourceLimit.OpenFiles, out var current)) return;
        var changed = current with { Soft = Math.Min(wanted, current.Hard) };
        _ = changed.TrySet(ResourceLimit.OpenFiles); // lowering, and raising up to the hard limit, is always allowed
    }

    private static ulong? Find()
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess) return null;
        if (Number(Environment.GetEnvironmentVariable(Variable)) is { } handedOver) return handedOver;
        return NativeProcess.ParentId() is > 1 and var parent && SoftLimitOf($"/proc/{parent}/limits") is { } caller
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

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int SetFlags(int descriptor, int command, nint flags);
}
