using System.Globalization;
using System.Text;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Resources;

/// <summary>A process that holds a socket.</summary>
/// <param name="Session">PID of its session leader; 0 when unknown.</param>
public sealed record PortHolder(int Pid, int Session, string Command);

/// <summary>Finds the processes that hold sockets, using the descriptors of all processes that this user may inspect.</summary>
public static class PortHolders
{
    private const string SocketPrefix = "socket:[";

    /// <summary>The program that listens on a port; null when nothing does, or it belongs to another user.</summary>
    public static PortHolder? Of(ListeningPort port) => ListeningSockets.Read().TryGetValue(port, out var inodes)
        ? Find(inodes.ToHashSet()).Values.FirstOrDefault()
        : null;

    /// <param name="inodes">The sockets to look for.</param>
    public static IReadOnlyDictionary<long, PortHolder> Find(IReadOnlySet<long> inodes)
    {
        var holders = new Dictionary<long, PortHolder>();
        if (!OperatingSystem.IsLinux() || inodes.Count == 0) return holders;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)) continue;
            try
            {
                foreach (var inode in Sockets(folder).Where(inodes.Contains))
                    holders.TryAdd(inode, new PortHolder(pid, SessionOf(folder), CommandOf(folder)));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // it ended in the meantime, or belongs to another user
            }
        }

        return holders;
    }

    /// <summary>The sockets of a process; empty when it has ended or belongs to another user.</summary>
    public static IReadOnlyList<long> SocketsOf(int pid)
    {
        try
        {
            return [.. Sockets(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}"))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static IEnumerable<long> Sockets(string folder) =>
        from descriptor in new DirectoryInfo(Path.Combine(folder, "fd")).EnumerateFileSystemInfos()
        let target = descriptor.LinkTarget
        where target is not null && target.StartsWith(SocketPrefix, StringComparison.Ordinal)
        select long.TryParse(target.AsSpan(SocketPrefix.Length).TrimEnd(']'), NumberStyles.None, CultureInfo.InvariantCulture, out var inode)
            ? inode
            : 0;

    // proc_pid_stat(5): "pid (name) state ppid pgrp session …"
    private static int SessionOf(string folder)
    {
        var stat = File.ReadAllText(Path.Combine(folder, "stat"));
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 3 && int.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out var session) ? session : 0;
    }

    private static string CommandOf(string folder)
    {
        var words = Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(folder, "cmdline"))).TrimEnd('\0').Replace('\0', ' ');
        return words.Length > 0 ? words : File.ReadAllText(Path.Combine(folder, "comm")).TrimEnd();
    }
}
