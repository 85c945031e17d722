using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

public class LogsTests(RecordedFolder recorded) : IClassFixture<RecordedFolder>
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task Lines_stand_behind_the_names_of_their_processes_and_no_daemon_is_needed() =>
        Assert.Equal(
            ["web    | ok 1", "web    | ok 2", "web    | ok 3", "worker | failed"],
            (await LinesAsync("worker", "web", "--grep", "ok|failed")).Order());

    [Fact(Timeout = Timeout)]
    public async Task A_session_has_its_own_lines_and_an_unknown_one_is_refused()
    {
        Assert.Contains("web    | ok 1", await LinesAsync("--session", "current"));
        var unknown = await Cli.RunAsync(recorded.Folder.Root, "logs", "--run", "9999");
        Assert.Equal((1, "", "Error: --run 9999: there is no such run; overmind-gui runs lists them\n"), (unknown.ExitCode, unknown.Output, unknown.Errors));
        var refused = await Cli.RunAsync(recorded.Folder.Root, "logs", "--session", "yesterday");
        Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
        Assert.StartsWith("Error: --session yesterday: there is no such session; expected current, previous, or an id", refused.Errors, StringComparison.Ordinal);
        Assert.Matches(@"^ +ID STARTED .*\n +1 [0-9-]+ [0-9:]+ ", (await Cli.RunAsync(recorded.Folder.Root, "runs", "--sessions")).Output);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_saved_view_prints_its_lines_and_other_options_narrow_it()
    {
        var root = recorded.Folder.Root;
        Assert.Equal((0, ""), await RunAsync("views", "--save", "Fine", "--query", "columns=utc&filter=OK&focus=web,worker"));
        Assert.Equal(["web | ok 1", "web | ok 2", "web | ok 3"], (await LinesAsync("--view", "fine")).Order());
        Assert.Equal(["web | ok 2"], await LinesAsync("--view", "fine", "--grep", "2"));
        Assert.Equal((0, ""), await RunAsync("views", "--rename", "Fine", "--to", "Good"));
        Assert.Equal("Good                     ?columns=utc&filter=OK&focus=web,worker\n", (await Cli.RunAsync(root, "views")).Output);
        var unknown = await Cli.RunAsync(root, "logs", "--view", "Fine");
        Assert.Equal((1, "", "Error: there is no view Fine (known: Good); overmind-gui views lists them\n"), (unknown.ExitCode, unknown.Output, unknown.Errors));
        Assert.Equal((0, ""), await RunAsync("views", "--remove", "good"));

        async Task<(int, string)> RunAsync(params string[] arguments)
        {
            var result = await Cli.RunAsync(root, arguments);
            return (result.ExitCode, result.Errors);
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task All_processes_and_the_daemon_s_own_words_are_shown_in_the_order_of_their_coming()
    {
        var lines = await LinesAsync();
        Assert.StartsWith("system | Daemon ", lines[0], StringComparison.Ordinal);
        Assert.Contains("old    | from the past", lines);
        Assert.True(lines.IndexOf("old    | from the past") < lines.IndexOf("web    | ok 1"));
        Assert.True(lines.IndexOf("web    | ok 1") < lines.IndexOf("web    | ok 2"));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("\e[1;33mweb\e[0m | \e[32mok\e[0m 1", "web", "--grep", "ok 1")]
    [InlineData("\e[1;32mworker\e[0m | \e[2mExited with code 3\e[0m", "worker", "--grep", "Exited")]
    [InlineData("\e[2mold\e[0m | from the past", "old", "--grep", "past")]
    public async Task Colours_are_those_of_the_process_and_of_what_it_printed(string line, params string[] arguments) =>
        Assert.Equal([line], (await LinesAsync(["--color", .. arguments])).Select(l => Regex.Replace(l, @" after \d+s", "")));

    [Fact(Timeout = Timeout)]
    public async Task No_stored_text_acts_on_the_terminal() =>
        Assert.Equal(["old | ␛[2Jfrom a script <U+202E>"], await LinesAsync("old", "--grep", "script"));

    [Theory(Timeout = Timeout)]
    [InlineData(true, "TERM=xterm", "")]
    [InlineData(false, "TERM=xterm", "--no-color")]
    [InlineData(false, "TERM=dumb", "")]
    [InlineData(false, "NO_COLOR=1", "")]
    [InlineData(true, "NO_COLOR=1", "--color")]
    [InlineData(true, "NO_COLOR=", "")]
    public async Task A_terminal_gets_colours_unless_they_are_not_wanted(bool colored, string environment, string option)
    {
        var command = $"{Published.Executable} logs web --grep 'ok 1' {option}";
        var result = await Cli.RunAsync(
            "env", recorded.Folder.Root, ["-u", "NO_COLOR", "TERM=xterm", environment, "script", "-qec", command, "/dev/null"]);
        Assert.Equal((0, colored ? "\e[1;33mweb\e[0m | \e[32mok\e[0m 1\r\n" : "web | ok 1\r\n"), (result.ExitCode, result.Output));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("ok 2,ok 3", "--lines", "2")]
    [InlineData("ok 3", "-n", "1")]
    [InlineData("", "-n", "0")]
    [InlineData("ok 1,ok 2,ok 3", "-n", "all")]
    [InlineData("ok 1,ok 2,ok 3", "-n", "99", "--since", "1h")]
    [InlineData("ok 1,ok 2,ok 3", "--at", "-1h")]
    [InlineData("ok 2,ok 3", "--at", "now", "-n", "4")]
    [InlineData("", "--until", "1970-01-01")]
    [InlineData("ok 1,ok 3", "--exclude", "2$")]
    [InlineData("ok 3", "-x", "1$", "-x", "2$")]
    [InlineData("ok 1,ok 2,ok 3", "-x", "OK")]
    [InlineData("", "-i", "-x", "OK")]
    [InlineData("ok 1,ok 2,ok 3", "-x", "k", "-w")]
    [InlineData("ok 1,ok 2", "-x", "o.* 3", "-x", "(?!)")]
    public async Task The_newest_lines_that_match_are_chosen(string texts, params string[] options) =>
        Assert.Equal(
            texts.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(text => $"web | {text}"),
            await LinesAsync(["web", "--grep", "^ok", .. options]));

    [Fact(Timeout = Timeout)]
    public async Task Lines_around_a_match_are_printed_with_it()
    {
        Assert.Equal(["web | ok 1", "web | ok 2", "web | ok 3"], await LinesAsync("web", "--grep", "ok 2", "-C", "1"));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("--grep (: expected a .NET regular expression", "--grep", "(")]
    [InlineData("--exclude [: expected a .NET regular expression", "--exclude", "[")]
    [InlineData("--until soon: expected a time", "--until", "soon")]
    [InlineData("-A", "--follow", "-A", "1")]
    [InlineData("--context x: expected a number from 0 to 10000", "-C", "x")]
    [InlineData("--run 0: expected the number of a run", "--run", "0")]
    public async Task An_option_that_cannot_be_used_is_named(string message, params string[] options)
    {
        var result = await Cli.RunAsync(Published.Executable, recorded.Folder.Root, ["logs", "web", .. options]);
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Errors, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task Json_has_all_that_is_known_of_a_line()
    {
        var before = DateTimeOffset.UtcNow;
        var objects = (await LinesAsync("worker", "old", "--json")).ConvertAll(line => JsonDocument.Parse(line).RootElement);

        var failed = objects.Single(o => o.GetProperty("text").GetString() == "failed");
        Assert.Equal(["id", "process", "time", "stream", "run", "text", "level"], failed.EnumerateObject().Select(p => p.Name));
        Assert.Equal("worker", failed.GetProperty("process").GetString());
        Assert.Equal("stderr", failed.GetProperty("stream").GetString());
        Assert.EndsWith("+00:00", failed.GetProperty("time").GetString(), StringComparison.Ordinal);
        Assert.InRange(failed.GetProperty("time").GetDateTimeOffset(), before.AddMinutes(-10), before);
        Assert.Contains(objects, o => o.GetProperty("stream").GetString() == "notice");
        Assert.Contains(objects, o => o.GetProperty("text").GetString() == "\e[2Jfrom a script \u202E");
        Assert.True(objects.ConvertAll(o => o.GetProperty("id").GetInt64()) is var ids && ids.SequenceEqual(ids.Order()));
    }

    [Fact(Timeout = Timeout)]
    public async Task Json_is_safe_to_look_at()
    {
        var line = Assert.Single(await LinesAsync("old", "--json", "--grep", "script"));
        Assert.Contains("\\u001B[2Jfrom a script \\u202E\"", line, StringComparison.Ordinal);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("-T")]
    [InlineData("--timestamps")]
    public async Task Timestamps_are_local_times(string option)
    {
        var line = Assert.Single(await LinesAsync("web", "--grep", "ok 1", option));
        Assert.EndsWith(" web | ok 1", line, StringComparison.Ordinal);
        // With the date in front when it was not today: midnight may have passed since.
        var time = DateTime.Parse(line[..^" web | ok 1".Length], CultureInfo.InvariantCulture);
        Assert.InRange(DateTime.Now - time, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Assert.Equal(
            ["1970-01-01"], (await LinesAsync("old", "--grep", "script", option)).Select(old => old.Split(' ')[0]));
    }

    [Fact(Timeout = Timeout)]
    public async Task Timestamps_can_be_wanted_always()
    {
        var result = await Cli.RunAsync(
            "env", recorded.Folder.Root, ["OVERMIND_SHOW_TIMESTAMPS=1", Published.Executable, "logs", "web", "--grep", "ok 1"]);
        Assert.Matches(@"^[-0-9 ]*\d\d:\d\d:\d\d\.\d{3} web \| ok 1\n\z", result.Output);
    }

    [Fact(Timeout = Timeout)]
    public async Task Names_that_are_not_known_are_said_with_those_that_are()
    {
        var result = await Cli.RunAsync(Path.GetTempPath(), "logs", "web", "nope", "nix", "--working-dir", recorded.Folder.Root);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.StartsWith("Error: Unknown process: nope, nix (known: ", result.Errors, StringComparison.Ordinal);
        foreach (var name in new[] { "system", "old", "web", "worker" }) Assert.Contains(name, result.Errors, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task Every_option_that_cannot_be_used_is_named_at_once()
    {
        var result = await Cli.RunAsync(
            recorded.Folder.Root, "logs", "-n", "abc", "--since", "foo", "--grep", "(", "--bogus", "--color", "--no-color");
        Assert.Equal(1, result.ExitCode);
        foreach (var message in new[]
        {
            "--lines abc: expected a number from 0, or all",
            "--since foo: expected a time such as 14:30",
            "--grep (: expected a .NET regular expression",
            "Unknown option: --bogus",
            "--color and --no-color contradict each other",
        }) Assert.Contains(message, result.Errors, StringComparison.Ordinal);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("--since 2999-01-01: 2999-01-01 00:00:00 is in the future; it is ", "--since", "2999-01-01")]
    [InlineData("--at 2999-01-01: 2999-01-01 00:00:00 is in the future; it is ", "--at", "2999-01-01")]
    [InlineData("--until is before --since", "--since", "1h", "--until", "2h")]
    [InlineData("--at and --follow contradict each other", "--at", "1h", "-f")]
    [InlineData("--follow and --until contradict each other", "-f", "--until", "1h")]
    [InlineData("--grep (: expected a .NET regular expression", "--grep", "(")]
    public async Task What_no_line_can_match_is_refused_also_without_a_name(string reason, params string[] options)
    {
        var result = await Cli.RunAsync(recorded.Folder.Root, ["logs", .. options]);
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains(reason, result.Errors, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task Looking_leaves_nothing_behind()
    {
        var before = Directory.GetFileSystemEntries(recorded.Folder.Root).Order().ToList();
        Assert.NotEmpty(await LinesAsync());
        Assert.Equal(before, Directory.GetFileSystemEntries(recorded.Folder.Root).Order());
    }

    [Theory(Timeout = Timeout)]
    [InlineData("out.log", " web | ok 1\n")]
    [InlineData("out.ansi", " web | \e[32mok\e[0m 1\n")]
    [InlineData("out.jsonl", "\"text\":\"ok 1\"")]
    [InlineData("out.html", "<span class=\"f2\">ok</span> 1</div>")]
    public async Task Lines_are_written_into_a_file_in_the_form_of_its_name(string name, string part)
    {
        using var folder = new TestFolder();
        var path = Path.Combine(folder.Folder.Root, name);
        Assert.Empty(await LinesAsync("web", "--grep", "ok 1", "--output", path));
        Assert.Contains(part, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("--output and --follow contradict each other", "-f", "--output", "x.log")]
    [InlineData("--level loud", "--level", "error,loud")]
    public async Task What_cannot_be_asked_for_together_or_at_all_is_refused(string reason, params string[] arguments)
    {
        var result = await Cli.RunAsync(recorded.Folder.Root, ["logs", .. arguments]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(reason, result.Errors, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task Where_nothing_was_stored_that_is_said()
    {
        using var folder = new TestFolder("web: echo hello");

        var missing = await Cli.RunAsync(folder.Folder.Root, "logs");
        Assert.Equal((1, $"Error: No output is stored in {folder.Folder} (no overmind.db there)\n"), (missing.ExitCode, missing.Errors));

        await File.WriteAllTextAsync(folder.Folder.Database, "not a database, whatever its name", TestContext.Current.CancellationToken);
        var foreign = await Cli.RunAsync(folder.Folder.Root, "logs");
        Assert.Equal(1, foreign.ExitCode);
        Assert.StartsWith($"Error: {folder.Folder.Database} cannot be read: ", foreign.Errors, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task An_expression_that_takes_too_long_is_broken_off()
    {
        using var folder = new TestFolder($"web: echo {new string('a', 60)}b");
        await using (var daemon = await DetachedDaemon.StartAsync(folder.Folder)) await daemon.WaitForProcessesAsync();

        var result = await Cli.RunAsync(folder.Folder.Root, "logs", "web", "--grep", @"^(a+)+\1$");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith(@"--grep ^(a+)+\1$: takes more than a second", result.Errors, StringComparison.Ordinal);
    }

    private async Task<List<string>> LinesAsync(params string[] arguments)
    {
        var result = await Cli.RunAsync(recorded.Folder.Root, ["logs", .. arguments]);
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        return [.. result.Output.Split('\n').SkipLast(1)];
    }
}
