using System.CommandLine;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Invocation;
using OvermindGui.Options;

namespace OvermindGui.Export;

/// <summary><c>export</c>: writes the project in the format of another program. The only format so far is a systemd user unit.</summary>
internal static class ExportCommand
{
    private const string Systemd = "systemd";

    public static Command Create()
    {
        var command = new Command("export", "Print a systemd user unit that serves the project");
        var format = new Argument<string?>("format") { Description = Systemd, Arity = ArgumentArity.ZeroOrOne, CompletionSources = { Systemd } };
        var folder = new FolderArguments();
        var options = new ServerOptions();
        format.Validators.Add(OptionValidators.RefuseUnknown);
        command.Add(format);
        folder.AddTo(command);
        options.AddTo(command);
        command.SetFailableAction(words =>
        {
            var given = words.GetValue(format) ?? throw new CommandFailure($"Error: export requires a format: {Systemd}");
            if (given != Systemd) throw new CommandFailure($"Error: Unknown format: {given} (known: {Systemd})");
            Print(folder.FolderWithProcfile(words, options.Plan.Read(words).Options), options, words);
            return Task.FromResult(0);
        });
        return command;
    }

    private static void Print(ProjectFolder folder, ServerOptions options, ParseResult words)
    {
        var arguments = options.Arguments(words);
        var plan = RecordedPlan.Load(folder, options.Plan.Read(words).Options);
        var unit = new SystemdUnit(folder, SelfExecutable.Current(), arguments, plan, Environment.GetEnvironmentVariable);
        Console.Write(unit);
        Console.Error.WriteLine($"Keep it as {SystemdUnit.Folder}/{unit.Name}, then:");
        Console.Error.WriteLine($"  systemctl --user daemon-reload && systemctl --user enable --now {unit.Name}");
        Console.Error.WriteLine("  loginctl enable-linger   # to start it with the machine and keep it when you log out");
    }
}
