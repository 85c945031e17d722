using System.CommandLine;
using OvermindGui.Core.Project;
using OvermindGui.Invocation;
using OvermindGui.Options;

namespace OvermindGui.Commands;

/// <summary><c>test_proc</c>: serves five chatty processes, to see the dashboard at work.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var command = new Command("test_proc", "Serve a demo Procfile from output/test-run");
        var options = new ServerOptions();
        options.AddTo(command);
        command.SetFailableAction(words => ServerCommand.RunAsync(CopyDemo(), options, options.DaemonArguments(words), words));
        return command;
    }

    private static ProjectFolder CopyDemo()
    {
        var target = new ProjectFolder(Path.Combine("output", "test-run"));
        Directory.CreateDirectory(target.Root);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "demo")))
            File.Copy(file, Path.Combine(target.Root, Path.GetFileName(file)), overwrite: true);
        return target;
    }
}
