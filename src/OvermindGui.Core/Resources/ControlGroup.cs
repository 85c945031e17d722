using System.Globalization;
using System.Text;

namespace OvermindGui.Core.Resources;

/// <summary>The kernel's own accounts of a process that runs in a cgroup (version 2) of its own, such as a systemd scope.</summary>
/// <param name="Cpu">Includes processes that have ended.</param>
internal readonly record struct ControlGroup(TimeSpan? Cpu, long? Memory, long? DiskRead, long? DiskWritten)
{
    private const string Mount = "/sys/fs/cgroup";

    /// <summary>Null when it shares its cgroup with this program, or there are no cgroups of version 2.</summary>
    public static ControlGroup? Of(int pid, ProcFiles files, string mount = Mount)
    {
        if (PathOf($"{pid}", files) is not { } path || path == "/" || path == PathOf("self", files)) return null;
        var folder = mount + path;
        var cpu = ProcFiles.Number(files.Read(folder + "/cpu.stat"), "usage_usec"u8);
        var memory = ProcFiles.Number(files.Read(folder + "/memory.current"), ""u8);
        // Cached files are given back whenever something else needs the memory.
        var cached = ProcFiles.Number(files.Read(folder + "/memory.stat"), "inactive_file"u8) ?? 0;
        if (cpu is null && memory is null) return null;
        var (read, written) = Disk(files.Read(folder + "/io.stat"));
        return new ControlGroup(
            cpu is { } microseconds ? TimeSpan.FromMicroseconds(microseconds) : null, memory is { } bytes ? Math.Max(0, bytes - cached) : null, read, written);
    }

    private static string? PathOf(string process, ProcFiles files)
    {
        foreach (var line in Encoding.UTF8.GetString(files.Read($"{files.Root}/{process}/cgroup")).Split('\n'))
            if (line.StartsWith("0::", StringComparison.Ordinal)) return line[3..];
        return null;
    }

    // "8:0 rbytes=1 wbytes=2 rios=…", a line for each disk.
    private static (long? Read, long? Written) Disk(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return (null, null);
        var (read, written) = (0L, 0L);
        foreach (var word in Encoding.UTF8.GetString(text).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
            if (word.StartsWith("rbytes=", StringComparison.Ordinal) && long.TryParse(word.AsSpan(7), CultureInfo.InvariantCulture, out var r)) read += r;
            else if (word.StartsWith("wbytes=", StringComparison.Ordinal) && long.TryParse(word.AsSpan(7), CultureInfo.InvariantCulture, out var w)) written += w;
        return (read, written);
    }
}
