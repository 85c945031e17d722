using System.CommandLine;
using System.Runtime.InteropServices;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Daemon.Hosting;
using OvermindGui.Daemon.OvermindBackend;
using OvermindGui.Hosting;
using OvermindGui.Options;

namespace OvermindGui.Commands;

/// <summary><c>daemon</c>: supervises the processes, without a dashboard.</summary>
internal static class DaemonCommand
{
    public static Command Create()
    {
        var command = new Command("daemon", "Run the daemon alone, in the foreground");
        var folder = new FolderArguments();
        var mode = new ModeOption();
        var terminal = new TerminalOptions();
        var failures = new FailureOptions();
        var plan = new PlanFlags();
        var retention = new RetentionOptions();
        var orphans = new OrphanOption();
        var detach = new Option<bool>("--detach") { Description = "Start it in the background and return" };
        var detached = new Option<bool>(DaemonLauncher.DetachedOption) { Hidden = true };
        folder.AddTo(command);
        mode.AddTo(command);
        terminal.AddTo(command);
        failures.AddTo(command);
        plan.AddTo(command);
        retention.AddTo(command);
        orphans.AddTo(command);
        command.Add(detach);
        command.Add(detached);
        command.SetFailableAction(words =>
        {
            var planChoice = plan.ReadForDaemon(words);
            var project = folder.FolderWithProcfile(words, planChoice.Options);
            var (runner, choice, failureChoice) = (mode.Read(words), terminal.Read(words), failures.Read(words));
            var (retentionChoice, orphanChoice) = (retention.Read(words), orphans.Read(words));
            if (!words.GetValue(detached))
            {
                runner.TellWithoutEffect(choice);
                failureChoice.TellWithoutEffect(runner.Mode);
            }

            return words.GetValue(detach)
                ? LaunchAsync(
                    project,
                    [
                        .. runner.Arguments, .. choice.Arguments, .. failureChoice.Arguments, .. planChoice.Arguments, .. retentionChoice.Arguments,
                        .. orphanChoice.Arguments,
                    ])
                : RunAsync(new DaemonOptions
                {
                    Folder = project,
                    Detached = words.GetValue(detached),
                    Debug = InvocationContext.Debug,
                    Mode = runner.Mode,
                    Window = choice.Window,
                    Piped = choice.Piped,
                    OnFailure = failureChoice.OnFailure,
                    Plan = planChoice.Options,
                    Watch = planChoice.Watch,
                    Retention = retentionChoice.Retention,
                    Orphans = orphanChoice.Choice,
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
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);
        if (options.Detached) StartingTerminal.LeaveSession();
        try
        {
            return await DaemonHost.RunAsync(options, Ready, stop.Token);
        }
        catch (Exception e) when (e is StartupException or OvermindEndedException)
        {
            throw new CommandFailure($"Error: {e.Message}");
        }

        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }

        void Ready()
        {
            Console.WriteLine(options.Detached ? DaemonLauncher.ReadyLine : "Daemon started; Ctrl+C ends it and its processes");
            if (options.Detached) StartingTerminal.LetGo();
        }
    }
}
