using System.CommandLine;
using OvermindGui.Agents;
using OvermindGui.Core.Application;
using OvermindGui.Core.Control;
using OvermindGui.Core.Terminal;
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
        var waitFor = new Option<string?>("--wait-for") { Description = "Wait for a line that matches this .NET regular expression, and print what came after the text", HelpName = "regex" };
        var timeout = new Option<double>("--timeout") { Description = "Seconds to wait (default: 10)", HelpName = "seconds", DefaultValueFactory = _ => 10 };
        var arguments = new SessionArguments();
        command.Add(name);
        command.Add(text);
        foreach (var option in new Option[] { keys, noEnter, waitFor, timeout }) command.Add(option);
        arguments.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(text) is null && result.GetResult(keys) is null) result.AddError("send requires a text or --keys");
        });
        arguments.SetAction(command, async (words, session) =>
        {
            if (!DaemonLock.IsHeld(session.Folder)) throw new RequestException("no_daemon", $"No daemon running in {session.Folder}");
            var input = new TypedInput(
                words.GetRequiredValue(name), words.GetValue(text), [.. Keys(words.GetValue(keys) ?? [])], !words.GetValue(noEnter), words.GetValue(waitFor), words.GetValue(timeout));
            var control = new InputControl(session);
            if (!arguments.IsJson(words) && input.WaitFor is null)
            {
                await control.TypeAsync(input, CancellationToken.None);
                return 0;
            }

            var report = await control.SendAsync(input, CancellationToken.None);
            if (arguments.IsJson(words)) Console.WriteLine(ApplicationJson.Write(report));
            else
                foreach (var line in report.Output.Lines) Console.WriteLine(VisibleText.Of(line.Text));
            return CommandReportText.ExitCodeOf(report.Result);
        });
        return command;
    }

    // The comma separates keys, so it can only be sent alone.
    private static IEnumerable<string> Keys(IEnumerable<string> values) =>
        values.SelectMany(value => value == "," ? [value] : value.Split(',', StringSplitOptions.TrimEntries));
}
