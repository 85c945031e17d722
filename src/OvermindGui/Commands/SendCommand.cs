using System.CommandLine;
using OvermindGui.Core.Control;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Terminal;
using OvermindGui.Invocation;
using OvermindGui.Options;

namespace OvermindGui.Commands;

/// <summary><c>send</c>: sends a text or keys to a process's terminal, once.</summary>
internal static class SendCommand
{
    public static Command Create()
    {
        var command = new Command("send", "Type a text in a process's terminal, or press keys there");
        var name = new Argument<string>("process_name") { Description = "Name in the Procfile", CompletionSources = { ProcessWords.Names } };
        var text = new Argument<string?>("text") { Description = "What to type; Enter follows it", Arity = ArgumentArity.ZeroOrOne };
        var keys = new Option<string[]>("--keys")
        {
            Description = $"Keys to press, after the text, with commas between them: {TerminalKeys.Known}",
            HelpName = "keys",
            AllowMultipleArgumentsPerToken = false,
        };
        var noEnter = new Option<bool>("--no-enter") { Description = "No Enter after the text" };
        name.Validators.Add(OptionValidators.RefuseUnknown);
        keys.Validators.Add(result =>
        {
            foreach (var key in Keys(result.Tokens.Select(token => token.Value)))
                if (TerminalKeys.Sequence(key) is null) result.AddError($"--keys: there is no key \"{key}\" (known: {TerminalKeys.Known})");
        });
        var folder = new FolderArguments();
        command.Add(name);
        command.Add(text);
        command.Add(keys);
        command.Add(noEnter);
        folder.AddTo(command, withPath: false);
        command.Validators.Add(result =>
        {
            if (result.GetValue(text) is null && result.GetResult(keys) is null) result.AddError("send requires a text or --keys");
        });
        command.SetFailableAction(async words =>
        {
            var project = folder.Folder(words);
            if (!DaemonLock.IsHeld(project)) throw new CommandFailure($"Error: No daemon running in {project}");
            var line = words.GetValue(text) is { } typed ? typed + (words.GetValue(noEnter) ? "" : "\r") : "";
            var pressed = string.Concat(Keys(words.GetValue(keys) ?? []).Select(TerminalKeys.Sequence));
            var outcome = await new CommandClient(OvermindDatabase.In(project), TimeProvider.System)
                .TypeAsync(words.GetRequiredValue(name), line + pressed, CancellationToken.None);
            return outcome.Succeeded ? 0 : throw new CommandFailure($"Error: {outcome.Message}");
        });
        return command;
    }

    // The comma separates keys, so it can only be sent alone.
    private static IEnumerable<string> Keys(IEnumerable<string> values) =>
        values.SelectMany(value => value == "," ? [value] : value.Split(',', StringSplitOptions.TrimEntries));
}
