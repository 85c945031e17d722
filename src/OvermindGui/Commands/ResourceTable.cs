using System.Globalization;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Resources;

namespace OvermindGui.Commands;

/// <summary><c>ps --resources</c>: what the processes use, and all of them together.</summary>
internal static class ResourceTable
{
    public static void Write(SystemSnapshot snapshot, IReadOnlyDictionary<string, ResourcePoint> used)
    {
        Print("PROCESS", "STATUS", "CPU%", "MEMORY", "THREADS", "FILES", "READ/S", "WRITTEN/S", "CHILDREN");
        Console.WriteLine(new string('-', 88));
        foreach (var process in snapshot.Processes)
            Print(process.Name, process.State.ToText(), used.GetValueOrDefault(process.Name));
        if (used.Count < 2) return;
        Console.WriteLine(new string('-', 88));
        var all = used.Values.ToList();
        Print("total", "", all[0] with
        {
            Cpu = all.Sum(p => p.Cpu),
            Memory = all.Sum(p => p.Memory),
            Threads = all.Sum(p => p.Threads),
            OpenFiles = all.Sum(p => p.OpenFiles),
            DiskRead = all.Sum(p => p.DiskRead),
            DiskWritten = all.Sum(p => p.DiskWritten),
            Children = all.Sum(p => p.Children),
        });
    }

    private static void Print(string name, string status, ResourcePoint? used)
    {
        if (used is null) Print(name, status, "-", "-", "-", "-", "-", "-", "-");
        else
            Print(
                name, status, used.Cpu.ToString("0.0", CultureInfo.InvariantCulture), ByteSize.Of(used.Memory), $"{used.Threads}", $"{used.OpenFiles}",
                ByteSize.Of(used.DiskRead), ByteSize.Of(used.DiskWritten), $"{used.Children}");
    }

    private static void Print(
        string name, string status, string cpu, string memory, string threads, string files, string read, string written, string children) =>
        Console.WriteLine($"{name,-15} {status,-10} {cpu,6} {memory,9} {threads,8} {files,6} {read,9} {written,10} {children,9}");
}
