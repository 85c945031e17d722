using System.CommandLine;
using System.Runtime.InteropServices;
using OvermindGui.Core.Projects;
using OvermindGui.Daemon.Hosting;
using OvermindGui.Hosting;

namespace OvermindGui.Commands;

/// <summary><c>daemon</c>: supervises the processes, without a dashboard.</summary>
internal static class DaemonCommand
{
    public static Command Create()
    {
        var command = new Command("daemon", "Run the daemon alone, in the foreground");
        var folder = new FolderArguments();
        var detach = new Option<bool>("--detach") { Description = "Leave the terminal once the processes are started" };
        folder.AddTo(command);
        command.Add(detach);
        command.SetFailableAction(words => RunAsync(new DaemonOptions
        {
            Folder = folder.FolderWithProcfile(words),
            Detach = words.GetValue(detach),
            Debug = Invocation.Debug,
        }));
        return command;
    }

    private static async Task<int> RunAsync(DaemonOptions options)
    {
        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);
        if (options.Detach) StartingTerminal.LeaveSession();
        try
        {
            await DaemonHost.RunAsync(options, Ready, stop.Token);
            return 0;
        }
        catch (StartupException e)
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
            Console.WriteLine(options.Detach ? DaemonLauncher.ReadyLine : "Daemon started; Ctrl+C ends it and its processes");
            if (options.Detach) StartingTerminal.LetGo();
        }
    }
}
