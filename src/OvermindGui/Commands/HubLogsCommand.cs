using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Output;
using OvermindGui.Core.Terminal;
using OvermindGui.Hub.Model;
using OvermindGui.Hub.Reading;
using OvermindGui.Invocation;
using OvermindGui.Options;
using OvermindGui.Output;

namespace OvermindGui.Commands;

/// <summary><c>hub logs</c>: lines of many machines, in the order of their times.</summary>
internal sealed class HubLogsCommand
{
    private const int DefaultLines = 200;
    private const int TailLines = 500;

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Argument<string[]> _names = new("name") { Description = "Processes to show (default: all)", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string[]> _hosts = new("--host") { Description = "Only of these machines (may be repeated)", HelpName = "name" };
    private readonly Option<string[]> _projects = new("--project") { Description = "Only of these projects, by name or number (may be repeated)", HelpName = "name" };
    private readonly Option<string?> _text = new("--text", "-g") { Description = "Only lines that contain this text, in any case", HelpName = "text" };
    private readonly Option<string?> _regex = new("--regex") { Description = "Only lines that match this regular expression of PostgreSQL", HelpName = "regex" };
    private readonly Option<string?> _level = new("--level", "-l") { Description = $"Only lines of these levels: {LevelSet.Accepted}", HelpName = "levels" };
    private readonly Option<string?> _since = new("--since") { Description = "Only what was printed since then: 10m, 14:30, a date", HelpName = "when" };
    private readonly Option<string?> _until = new("--until") { Description = "Only what was printed until then", HelpName = "when" };
    private readonly Option<int> _lines = new("--lines", "-n") { Description = $"The newest so many lines (default: {DefaultLines})", HelpName = "n", DefaultValueFactory = _ => DefaultLines };
    private readonly Option<bool> _follow = new("--follow", "-f") { Description = "Go on with what comes, until Ctrl+C" };
    private readonly Option<bool> _json = new("--json") { Description = "One JSON object per line" };
    private readonly Option<string?> _address = HubArguments.Address("The hub");

    public static Command Create() => new HubLogsCommand().Make();

    private Command Make()
    {
        var command = new Command("logs", "Print the output of all machines in the hub, and follow it") { _names, _hosts, _projects, _text, _regex, _level, _since, _until, _lines, _follow, _json, _address };
        _lines.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= HubLog.MostLines))
                result.AddError($"--lines {text}: expected a number from 0 to {HubLog.MostLines}");
        });
        command.SetFailableAction(async words =>
        {
            try
            {
                return await HubCommand.WithHubAsync(words, _address, hub => PrintAsync(words, hub));
            }
            catch (ReaderGoneException)
            {
                return 0;
            }
        });
        return command;
    }

    private async Task PrintAsync(ParseResult words, HubDatabase hub)
    {
        var (log, filter, output) = (new HubLog(hub, TimeProvider.System), Filter(words), new StandardOutput());
        var color = ColorChoice.Of(false, false);
        var now = words.GetValue(_follow) ? await log.TailAsync(filter, null, TailLines, CancellationToken.None) : null;
        if (words.GetValue(_lines) is > 0 and var count)
        {
            var page = await log.PageAsync(filter, null, count, CancellationToken.None);
            foreach (var line in page.Lines.Where(line => now is null || line.Line.Id <= now.Next.Lines.GetValueOrDefault(line.ProjectId))) Print(words, output, line, color);
            if (!page.IsComplete) await Console.Error.WriteLineAsync("The search took too long and is not complete; narrow it by --since, --host or --project");
        }

        output.Flush();
        if (now is null) return;
        await using var changes = new HubChanges(hub, NullLogger<HubChanges>.Instance);
        for (var next = now.Next; ;)
        {
            var tail = await log.TailAsync(filter, next, TailLines, CancellationToken.None);
            foreach (var line in tail.Lines) Print(words, output, line, color);
            output.Flush();
            if (StandardOutput.IsReaderGone) return;
            next = tail.Next;
            if (tail.Lines.Count == 0) await changes.NextAsync(CancellationToken.None);
        }
    }

    private HubLineFilter Filter(ParseResult words)
    {
        if (!LevelSet.TryParse(words.GetValue(_level), out var levels, out var unknown)) throw new CommandFailure($"--level: {unknown} is none; expected {LevelSet.Accepted}");
        return new HubLineFilter
        {
            Hosts = words.GetValue(_hosts) ?? [],
            Projects = words.GetValue(_projects) ?? [],
            Processes = words.GetValue(_names) ?? [],
            Levels = levels,
            Texts =
            [
                .. words.GetValue(_text) is { Length: > 0 } text ? [new TextMatch(text)] : Array.Empty<TextMatch>(),
                .. words.GetValue(_regex) is { Length: > 0 } regex ? [new TextMatch(regex) { IsRegex = true }] : Array.Empty<TextMatch>(),
            ],
            Since = Moment("--since", words.GetValue(_since), isEnd: false),
            Until = Moment("--until", words.GetValue(_until), isEnd: true),
        };
    }

    private static long? Moment(string name, string? text, bool isEnd)
    {
        if (text is null) return null;
        var valid = isEnd ? PastTime.TryParseEnd(text, TimeProvider.System, out var moment, out var problem) : PastTime.TryParse(text, TimeProvider.System, out moment, out problem);
        return valid ? moment.ToUnixTimeMilliseconds() : throw new CommandFailure($"{name} {text}: {problem}");
    }

    private void Print(ParseResult words, StandardOutput output, HubLine line, bool color)
    {
        var text = new StringBuilder();
        if (words.GetValue(_json))
        {
            using var bytes = new MemoryStream();
            using (var writer = new Utf8JsonWriter(bytes, Json)) Write(writer, line);
            text.Append(Encoding.UTF8.GetString(bytes.ToArray()));
        }
        else
        {
            VisibleText.Append(text, $"{LineTime.Of(line.Line.Time).ToLocalTime():yyyy-MM-dd HH:mm:ss.fff} {line.Host}/{line.Project} {line.Line.Process} | ");
            if (color) AnsiRenderer.Append(text, line.Line.Content);
            else VisibleText.Append(text, line.Line.Content.Text);
        }

        output.WriteLine(text);
    }

    private static void Write(Utf8JsonWriter writer, HubLine line)
    {
        writer.WriteStartObject();
        writer.WriteString("host", line.Host);
        writer.WriteString("project", line.Project);
        writer.WriteNumber("project_id", line.ProjectId);
        writer.WriteNumber("id", line.Line.Id);
        writer.WriteString("process", line.Line.Process);
        writer.WriteString("time", LineTime.TextOf(line.Line.Time));
        writer.WriteString("stream", line.Line.Source.ToText());
        writer.WriteString("text", line.Line.Content.Text);
        writer.WriteString("level", line.Line.Level.ToText());
        writer.WriteEndObject();
    }
}
