using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Output;
using OvermindGui.Invocation;
using OvermindGui.Output;

namespace OvermindGui.Options;

/// <summary>Options of <c>logs</c>. Reports all invalid options with their accepted values.</summary>
internal sealed class LogsOptions
{
    /// <summary>Number of lines to print first with <c>-f</c>: enough for context.</summary>
    public const int FollowedFrom = 200;

    private const int AroundMoment = 40;

    private readonly Argument<string[]> _names = new("name")
    {
        Description = "Processes to show (default: all)",
        Arity = ArgumentArity.ZeroOrMore,
        CompletionSources = { ProcessWords.Names },
    };

    private readonly Option<bool> _follow = new("--follow", "-f")
    {
        Description = "Go on with what comes, until Ctrl+C. A line that changes after it was printed (a prompt, a progress bar) is "
            + "printed again once it rests",
    };

    private readonly Option<LineCount?> _lines = new("--lines", "-n")
    {
        Description = $"Only the newest lines that match: a number, or all (default: all; with -f and no --since: {FollowedFrom})",
        HelpName = "n",
        CustomParser = ParseLines,
        CompletionSources = { "all" },
    };

    private readonly Option<DateTimeOffset?> _since = new("--since")
    {
        Description = "Only what was printed since then: a span (10m, 2h30m, 1d), a time (14:30: the last time it was so late; "
            + "yesterday 9:00), or a date (2026-01-31, 2026-01-31T14:30, with Z or +01:00 for another zone)",
        HelpName = "when",
        CustomParser = result => ParseTime("--since", result),
    };

    private readonly Option<DateTimeOffset?> _until = new("--until")
    {
        Description = "Only what was printed until then; as --since",
        HelpName = "when",
        CustomParser = result => ParseTime("--until", result),
    };

    private readonly Option<DateTimeOffset?> _at = new("--at")
    {
        Description = $"The lines around a moment, as many as -n says (default: {AroundMoment}), half of them from before it; as --since",
        HelpName = "when",
        CustomParser = result => ParseTime("--at", result),
    };

    private readonly Option<string?> _grep = new("--grep", "-g")
    {
        Description = "Only lines whose text matches this .NET regular expression",
        HelpName = "regex",
    };

    private readonly Option<string[]> _exclude = new("--exclude", "-x")
    {
        Description = "Not the lines whose text matches this regular expression; may be given several times",
        HelpName = "regex",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _ignoreCase = new("--ignore-case", "-i") { Description = "--grep and --exclude ignore upper and lower case" };

    private readonly Option<bool> _fixed = new("--fixed-strings", "-F") { Description = "--grep and --exclude are texts, not expressions" };

    private readonly Option<bool> _word = new("--word", "-w") { Description = "--grep and --exclude match whole words only" };

    private readonly Option<int> _after = Context("--after-context", "-A", "Also so many lines after each match");

    private readonly Option<int> _before = Context("--before-context", "-B", "Also so many lines before each match");

    private readonly Option<int> _around = Context("--context", "-C", "Also so many lines before and after each match");

    private readonly Option<long?> _run = new("--run")
    {
        Description = "Only lines of one run of a process: its number, as --json and the API show it",
        HelpName = "id",
        CustomParser = ParseRun,
    };

    private readonly Option<LevelSet> _level = new("--level", "-l")
    {
        Description = "Only lines of these levels, and the stack traces that belong to them: " + LevelSet.Accepted,
        HelpName = "levels",
        CustomParser = ParseLevels,
        CompletionSources = { "error", "error,warn", "warn", "info", "debug", "none" },
    };

    private readonly Option<string?> _session = new("--session")
    {
        Description = "Only lines of one session of the project, from a start of the daemon to its end: current, previous, or its id as runs --sessions shows it",
        HelpName = "which",
        CompletionSources = { "current", "previous" },
    };

    private readonly Option<string?> _view = new("--view")
    {
        Description = "The lines of a saved view of the dashboard (overmind-gui views lists them); other options narrow it further, or replace its processes, levels, times and run",
        HelpName = "name",
    };

    private readonly Option<string?> _cursor = new("--cursor")
    {
        Description = "Only what came after this cursor of an earlier answer, as a bounded answer with the next cursor",
        HelpName = "cursor",
    };

    private readonly Option<int?> _maxBytes = new("--max-bytes")
    {
        Description = $"A bounded answer with a cursor: the beginning and the end of the lines (with --cursor: {Core.Application.LogRequest.DefaultBytes}; at most {Core.Application.LogRequest.MostBytes})",
        HelpName = "n",
    };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "Write into this file instead; its name decides the form: .log, .ansi, .jsonl or .html (a page of its own), anything else as .log",
        HelpName = "file",
    };

    private readonly Option<bool> _json = new("--json") { Description = "One JSON object per line" };

    private readonly Option<bool> _color = new("--color") { Description = "Print colours, whatever reads them" };

    private readonly Option<bool> _noColor = new("--no-color")
    {
        Description = "Print no colours (default: colours on a terminal, unless NO_COLOR is set)",
    };

    private readonly Option<bool> _timestamps = new("--timestamps", "-T") { Description = "Print the local time in front" };

    public void AddTo(Command command)
    {
        command.Add(_names);
        foreach (var option in new Option[]
        {
            _follow, _lines, _since, _until, _at, _grep, _exclude, _ignoreCase, _fixed, _word, _after, _before, _around, _level, _run, _session, _view, _cursor, _maxBytes, _output, _json, _color, _noColor,
            _timestamps,
        }) command.Add(option);
        // Each is added to an option, not to the command: when a command's validator fails, those of its options do not run, and all
        // problems are to be reported together. Those of an argument run only where one is given.
        _names.Validators.Add(OptionValidators.RefuseUnknown);
        _grep.Validators.Add(RefuseText);
        _exclude.Validators.Add(RefuseText);
        _at.Validators.Add(RefuseAround);
        _session.Validators.Add(RefuseOtherTimes);
        _until.Validators.Add(RefuseEmptyRange);
        _follow.Validators.Add(RefuseEndless);
        _noColor.Validators.Add(RefuseContradiction);
        _output.Validators.Add(RefuseFollowing);
        _cursor.Validators.Add(RefuseUnbounded);
        _maxBytes.Validators.Add(RefuseUnbounded);
    }

    /// <summary>The name of the view that is asked for; null for none.</summary>
    public string? View(ParseResult words) => words.GetValue(_view);

    /// <summary>The session that is asked for; null for all.</summary>
    public string? Session(ParseResult words) => words.GetValue(_session);

    /// <param name="view">The lines of the view that is asked for.</param>
    public LogRequest Request(ParseResult words, LineFilter? view = null)
    {
        var names = words.GetValue(_names) ?? [];
        var (follow, since, at) = (words.GetValue(_follow), words.GetValue(_since), words.GetValue(_at));
        return new LogRequest
        {
            Names = names,
            Count = words.GetValue(_lines) is { } lines ? lines.Number : at is not null ? AroundMoment : follow && since is null ? FollowedFrom : null,
            At = at?.ToUnixTimeMilliseconds(),
            Filter = Filter(words, names, view ?? LineFilter.Everything),
            Context = (Math.Max(words.GetValue(_before), words.GetValue(_around)), Math.Max(words.GetValue(_after), words.GetValue(_around))),
            Follow = follow,
            File = words.GetValue(_output),
            Json = words.GetValue(_json),
            Color = ColorChoice.Of(words.GetValue(_color), words.GetValue(_noColor)),
            Timestamps = words.GetValue(_timestamps) || InvocationContext.ShowTimestamps,
        };
    }

    /// <summary>The request for a bounded answer with a cursor; null when that is not asked for.</summary>
    public Core.Application.LogRequest? ExcerptRequest(ParseResult words) => words.GetResult(_cursor) is null && words.GetResult(_maxBytes) is null ? null
        : new Core.Application.LogRequest(
            words.GetValue(_names), words.GetValue(_cursor), MaxBytes: words.GetValue(_maxBytes) ?? Core.Application.LogRequest.DefaultBytes);

    private LineFilter Filter(ParseResult words, string[] names, LineFilter view)
    {
        var filter = view with
        {
            Processes = names.Length > 0 ? ProcessFilter.Only(names) : view.Processes,
            Since = words.GetValue(_since)?.ToUnixTimeMilliseconds() ?? view.Since,
            Until = words.GetValue(_until)?.ToUnixTimeMilliseconds() ?? view.Until,
            Levels = words.GetResult(_level) is null ? view.Levels : words.GetValue(_level),
            Run = words.GetValue(_run) ?? view.Run,
        };
        if (words.GetValue(_grep) is { } wanted) filter = filter.With(Text(words, wanted, excludes: false));
        return (words.GetValue(_exclude) ?? []).Aggregate(filter, (lines, text) => lines.With(Text(words, text, excludes: true)));
    }

    private TextMatch Text(ParseResult words, string text, bool excludes) => new(text)
    {
        IsRegex = !words.GetValue(_fixed),
        MatchCase = !words.GetValue(_ignoreCase),
        WholeWord = words.GetValue(_word),
        Excludes = excludes,
        AllowsBacktracking = true,
    };

    private void RefuseText(OptionResult result)
    {
        foreach (var text in result.Tokens.Select(token => token.Value))
        {
            var match = new TextMatch(text) { IsRegex = !IsGiven(result, _fixed), WholeWord = IsGiven(result, _word), AllowsBacktracking = true };
            if (match.Problem is { } problem)
                result.AddError($"{result.Option.Name} {text}: expected a .NET regular expression, or a text with --fixed-strings: {problem}");
        }
    }

    private void RefuseAround(OptionResult result)
    {
        foreach (var other in new Option[] { _follow, _since, _until, _after, _before, _around })
            if (IsGiven(result, other)) result.AddError($"--at and {other.Name} contradict each other: --at prints the lines around one moment");
    }

    private void RefuseOtherTimes(OptionResult result)
    {
        foreach (var other in new Option[] { _since, _until, _at, _run })
            if (IsGiven(result, other)) result.AddError($"--session and {other.Name} contradict each other: a session has its own beginning and end");
    }

    private void RefuseEndless(OptionResult result)
    {
        if (!result.Valid<bool>()) return;
        if (IsGiven(result, _until)) result.AddError("--follow and --until contradict each other");
        if (IsGiven(result, _after) || IsGiven(result, _before) || IsGiven(result, _around))
            result.AddError("--follow prints no lines around a match; leave out -A, -B and -C");
    }

    private void RefuseEmptyRange(OptionResult result)
    {
        // A moment that cannot be read has been reported by its parser.
        if (Time(result) < (result.GetResult(_since) is { } since ? Time(since) : null))
            result.AddError("--until is before --since: no line can be in between");

        static DateTimeOffset? Time(OptionResult moment) => moment.Valid<DateTimeOffset?>();
    }

    private static bool IsGiven(SymbolResult result, Option option) => result.GetResult(option) is { Implicit: false };

    private static Option<int> Context(string name, string alias, string description) => new(name, alias)
    {
        Description = description,
        HelpName = "n",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= 10_000) return count;
            result.AddError($"{name} {text}: expected a number from 0 to 10000");
            return 0;
        },
    };

    private static long? ParseRun(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var run) && run > 0) return run;
        result.AddError($"--run {text}: expected the number of a run, from 1");
        return null;
    }

    private void RefuseContradiction(OptionResult result)
    {
        if (result.Valid<bool>() && result.GetResult(_color)?.Valid<bool>() == true)
            result.AddError("--color and --no-color contradict each other");
    }

    private void RefuseUnbounded(OptionResult result)
    {
        foreach (var other in new Option[] { _follow, _lines, _at, _output, _after, _before, _around })
            if (IsGiven(result, other)) result.AddError($"{result.Option.Name} and {other.Name} contradict each other: a bounded answer has its own beginning and end");
    }

    private void RefuseFollowing(OptionResult result)
    {
        if (result.GetResult(_follow)?.Valid<bool>() == true) result.AddError("--output and --follow contradict each other: a file has an end");
    }

    private static LineCount? ParseLines(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (text == "all") return new LineCount(null);
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return new LineCount(count);
        result.AddError($"--lines {text}: expected a number from 0, or all");
        return null;
    }

    private static DateTimeOffset? ParseTime(string option, ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var time = TimeProvider.System;
        if (option == "--until" ? PastTime.TryParseEnd(text, time, out var moment, out var problem) : PastTime.TryParse(text, time, out moment, out problem)) return moment;
        result.AddError($"{option} {text}: {problem}");
        return null;
    }

    private static LevelSet ParseLevels(ArgumentResult result)
    {
        if (!LevelSet.TryParse(result.Tokens[0].Value, out var levels, out var unknown))
            result.AddError($"--level {unknown}: expected {LevelSet.Accepted}");
        return levels;
    }

    /// <param name="Number">Null for all.</param>
    private readonly record struct LineCount(long? Number);
}
