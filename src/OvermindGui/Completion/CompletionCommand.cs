using System.CommandLine;
using OvermindGui.Invocation;
using OvermindGui.Options;

namespace OvermindGui.Completion;

/// <summary><c>completion</c>: prints the completion script for a shell.</summary>
internal static class CompletionCommand
{
    private static readonly string[] Shells = ["bash", "zsh", "fish"];

    public static Command Create()
    {
        var command = new Command("completion", $"Print a completion script for a shell: {string.Join(", ", Shells)}");
        var shell = new Argument<string?>("shell") { Description = string.Join(", ", Shells), Arity = ArgumentArity.ZeroOrOne };
        shell.Validators.Add(OptionValidators.RefuseUnknown);
        shell.CompletionSources.Add(Shells);
        command.Add(shell);
        command.SetFailableAction(words =>
        {
            var name = words.GetValue(shell) ?? throw new CommandFailure($"Error: completion requires a shell: {string.Join(", ", Shells)}");
            if (!Shells.Contains(name)) throw new CommandFailure($"Error: Unknown shell: {name} (known: {string.Join(", ", Shells)})");
            Print(name);
            return Task.FromResult(0);
        });
        return command;
    }

    private static void Print(string shell)
    {
        using var script = typeof(CompletionCommand).Assembly.GetManifestResourceStream($"completion.{shell}")!;
        using var output = Console.OpenStandardOutput();
        script.CopyTo(output);
    }
}
