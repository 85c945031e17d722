using System.CommandLine;
using System.Runtime.InteropServices;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Timing;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Daemon.Hosting;
using OvermindGui.Daemon.OvermindBackend;
using OvermindGui.Hosting;
using OvermindGui.Hub.Connecting;
using OvermindGui.Invocation;
using OvermindGui.Options;
using OvermindGui.Otlp.Connecting;

namespace OvermindGui.Commands;

/// <summary><c>daemon</c>: supervises the processes, without a dashboard.</summary>
internal static class DaemonCommand
{
    public static Command Create()
    {
        var command = new Command("daemon", "Run the daemon alone, in the foreground");
        var folder = new FolderArguments();
        var flags = new DaemonFlags();
        var detach = new Option<bool>("--detach") { Description = "Start it in the background and return" };
        var detached = new Option<bool>(DaemonLauncher.DetachedOption) { Hidden = true };
        var start = new Option<string?>(DaemonLauncher.StartOption) { Hidden = true };
        var requester = new Option<string?>(DaemonLauncher.RequesterOption) { Hidden = true };
        folder.AddTo(command);
        flags.AddTo(command);
        command.Add(start);
        command.Add(requester);
        command.Add(detach);
        command.Add(detached);
        command.SetFailableAction(words =>
        {
            var plan = flags.Plan.ReadForDaemon(words).Options;
            // Who starts one in the background has looked for the Procfile.
            var project = words.GetValue(detached) ? folder.Folder(words) : folder.FolderWithProcfile(words, plan);
            if (!words.GetValue(detached)) flags.WarnWithoutEffect(words);
            return words.GetValue(detach)
                ? LaunchAsync(project, flags.Arguments(words))
                : RunAsync(flags.Read(words, project) with
                {
                    Arguments = flags.Arguments(words),
                    Detached = words.GetValue(detached),
                    Debug = InvocationContext.Debug,
                    FirstStart = FirstStart.Parse(words.GetValue(start), words.GetValue(requester)),
                });
        });
        return command;
    }

    /// <summary>Starts a daemon in the background.</summary>
    public static async Task<int> LaunchAsync(ProjectFolder folder, IReadOnlyList<string> options)
    {
        if (await new DaemonLauncher(SelfExecutable.Current(), options).StartAsync(folder, CancellationToken.None) is { } failure)
            throw new CommandFailure(failure);
        Console.WriteLine($"Daemon started (PID {DaemonLock.ReadPid(folder)})");
        return 0;
    }

    private static async Task<int> RunAsync(DaemonOptions options)
    {
        using var stop = new CancellationTokenSource();
        using var kill = new CancellationTokenSource();
        var requests = new StopRequests(stop.Cancel, Kill);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Take);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);
        if (options.Detached) StartingTerminal.LeaveSession();
        // They may hold secrets, which concern no child.
        foreach (var variable in (string[])[HubOptions.Variable, OtlpOptions.Variable, OtlpOptions.HeadersVariable]) Environment.SetEnvironmentVariable(variable, null);
        try
        {
            using var collecting = IdleCollector.Begin();
            return await DaemonHost.RunAsync(options, Ready, stop.Token, kill.Token);
        }
        catch (Exception e) when (e is StartupException or OvermindEndedException)
        {
            throw new CommandFailure($"Error: {e.Message}");
        }

        void Take(PosixSignalContext context)
        {
            context.Cancel = true;
            requests.Take();
        }

        void Kill()
        {
            if (!options.Detached) Console.WriteLine("Killing the processes that have not ended yet");
            kill.Cancel();
        }

        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }

        void Ready()
        {
            Console.WriteLine(options.Detached ? DaemonLauncher.ReadyLine : "Daemon started; Ctrl+C ends it and its processes");
            if (options.Detached) StartingTerminal.Detach();
        }
    }
}
