using System.CommandLine;
using System.Globalization;
using OvermindGui.Core.Application;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Resources;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Terminal;
using OvermindGui.Invocation;
using OvermindGui.Options;

namespace OvermindGui.Commands;

/// <summary><c>ps</c> and <c>status</c>: show what is running here.</summary>
internal static class StatusCommands
{
    public static Command CreatePs()
    {
        var command = new Command("ps", "List the processes and their states");
        var folder = new FolderArguments();
        var resources = new Option<bool>("--resources") { Description = "Show what they use: CPU, memory, threads, files, disk" };
        var json = new Option<bool>("--json") { Description = "Print the status as JSON, as agents get it" };
        folder.AddTo(command);
        new ClientName().AddTo(command);
        command.Add(resources);
        command.Add(json);
        command.SetFailableAction(async words => words.GetValue(json) ? await PrintJsonAsync(folder.Folder(words))
            : words.GetValue(resources) ? await ListResourcesAsync(folder.Folder(words))
            : List(folder.Folder(words)));
        return command;
    }

    public static Command CreateStatus()
    {
        var command = new Command("status", "Show whether a daemon is running here");
        var folder = new FolderArguments();
        folder.AddTo(command);
        new ClientName().AddTo(command);
        command.SetFailableAction(words => Task.FromResult(Print(folder.Folder(words))));
        return command;
    }

    // The answer is complete without a daemon too; the exit code is the same as of the table.
    private static async Task<int> PrintJsonAsync(ProjectFolder folder)
    {
        await ResourceRequest.SendAsync(folder, CancellationToken.None);
        var report = new StatusQuery(new ProjectSession(OvermindDatabase.In(folder), null, TimeProvider.System, redact: false)).Read(verbose: true);
        Console.WriteLine(ApplicationJson.Write(report));
        return report.Daemon == StatusQuery.Running ? 0 : 1;
    }

    private static async Task<int> ListResourcesAsync(ProjectFolder folder)
    {
        RequireDaemon(folder);
        await ResourceRequest.SendAsync(folder, CancellationToken.None);
        var database = OvermindDatabase.In(folder);
        ResourceTable.Write(new SystemReader(database).Read(), new ResourceHistory(database).Latest(TimeProvider.System));
        return 0;
    }

    private static void RequireDaemon(ProjectFolder folder)
    {
        if (!DaemonLock.IsHeld(folder)) throw new CommandFailure(string.Join('\n', new[] { $"Error: No daemon running in {folder}", LastEnd.Of(folder) }.OfType<string>()));
    }

    private static int List(ProjectFolder folder)
    {
        RequireDaemon(folder);
        var snapshot = new SystemReader(OvermindDatabase.In(folder)).Read();
        Console.WriteLine($"{RecordedMode.Of(folder).ToTitle()} Daemon (PID {DaemonLock.ReadPid(folder)})");
        Console.WriteLine();
        Print("PROCESS", "PID", "STATUS", "EXIT", "UPTIME", "PORT", "");
        Console.WriteLine(new string('-', 66));
        if (snapshot.Processes.Count == 0) Console.WriteLine("  (No processes found)");
        foreach (var process in snapshot.Processes)
            Print(
                process.Name,
                process.Pid?.ToString(CultureInfo.InvariantCulture) ?? "-",
                process.State.ToText(),
                process.Exit?.ToShortText() ?? "-",
                process is { State: ProcessState.Running, StartedAt: { } started } ? UptimeFormatter.Of(DateTimeOffset.UtcNow - started) : "-",
                process.Port?.ToString(CultureInfo.InvariantCulture) ?? "-",
                VisibleText.Of(ExplanationOf(process)));
        return 0;
    }

    // Scripts read the state column, so additional information goes into the last column.
    private static string ExplanationOf(ProcessInfo process) =>
        process switch
        {
            { State: ProcessState.Running, Healthy: false, Reason: { } problem } => $"unhealthy: {problem}",
            _ => process.Explanation(DateTimeOffset.UtcNow)
                ?? string.Join(", ", new[] { process is { State: ProcessState.Running, Ready: false } ? "not ready yet" : null, process.WaitingForInput is null ? null : StateWords.WaitingForInput, process.AttachedText, process.OtherPorts, ByText(process) }.OfType<string>()),
        };

    // The daemon's own start, and the rule that is in another column, need no word.
    private static string? ByText(ProcessInfo process) => process is { StartedBy: { IsOutside: true } by } && process.State.IsUp() ? $"by {by}" : null;

    private static int Print(ProjectFolder folder)
    {
        var mode = RecordedMode.Of(folder).ToTitle();
        if (!DaemonLock.IsHeld(folder))
        {
            DaemonLock.RemoveStale(folder);
            Console.WriteLine($"✗ {mode} daemon is not running");
            if (LastEnd.Of(folder) is { } end) Console.WriteLine($"  {end}");
            return 1;
        }

        Console.WriteLine($"✓ {mode} daemon is running (PID {DaemonLock.ReadPid(folder)})");
        Console.WriteLine($"  Working directory: {folder.Root}");
        Console.WriteLine($"  PID file: {folder.PidFile}");
        Console.WriteLine($"  Database: {folder.Database}");
        Console.WriteLine($"  Socket: {DescribeSocket(folder)}");
        foreach (var shipping in ShippingInfo.Read(OvermindDatabase.In(folder)))
            Console.WriteLine($"  {shipping.Title}: {VisibleText.Of(shipping.Describe(DateTimeOffset.UtcNow))}");
        return 0;
    }

    private static string DescribeSocket(ProjectFolder folder) => ControlSocket.Find(folder) switch
    {
        null => $"none; commands go through the database ({folder.Data} carries no sockets, and XDG_RUNTIME_DIR is of no use)",
        var path when path == folder.Socket => path,
        var path => $"{path} ({folder.Data} carries no sockets)",
    };

    private static void Print(string name, string pid, string status, string exit, string uptime, string port, string why) =>
        Console.WriteLine($"{name,-15} {pid,-8} {status,-10} {exit,-8} {uptime,-10} {port,-5} {why}".TrimEnd());
}
