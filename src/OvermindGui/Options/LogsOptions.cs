using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using OvermindGui.Completion;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Output;
using OvermindGui.Hosting;
using OvermindGui.Output;

namespace OvermindGui.Options;

/// <summary>What can be asked of <c>logs</c>. Every option that cannot be used is named, with what it accepts.</summary>
internal sealed class LogsOptions
{
    /// <summary>With <c>-f</c> people want to see where they are, and then what comes.</summary>
    public const int FollowedFrom = 200;

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
        Description = "Only what was printed since then: a span (10m, 2h30m, 1d), a time (14:30: the last time it was so late), "
            + "or a date (2026-01-31, 2026-01-31T14:30, with Z or +01:00 for another zone)",
        HelpName = "when",
        CustomParser = ParseSince,
    };

    private readonly Option<LinePattern?> _grep = new("--grep")
    {
        Description = "Only lines whose text matches this .NET regular expression; (?i) in front ignores case",
        HelpName = "regex",
        CustomParser = ParseGrep,
    };

    private readonly Option<LevelSet> _level = new("--level", "-l")
    {
        Description = "Only lines of these levels, and the stack traces that belong to them: " + LevelSet.Accepted,
        HelpName = "levels",
        CustomParser = ParseLevels,
        CompletionSources = { "error", "error,warn", "warn", "info", "debug", "none" },
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
        foreach (var option in new Option[] { _follow, _lines, _since, _grep, _level, _json, _color, _noColor, _timestamps }) command.Add(option);
        // Not on the command: the options of one that is refused are not looked at, and all problems are to be told at once.
        _names.Validators.Add(OptionValidators.RefuseUnknown);
        _noColor.Validators.Add(RefuseContradiction);
    }

    public LogRequest Request(ParseResult words)
    {
        var names = words.GetValue(_names) ?? [];
        var (follow, since) = (words.GetValue(_follow), words.GetValue(_since));
        return new LogRequest
        {
            Names = names,
            Count = words.GetValue(_lines) is { } lines ? lines.Number : follow && since is null ? FollowedFrom : null,
            Query = new OutputQuery
            {
                Processes = names.Length > 0 ? ProcessFilter.Only(names) : ProcessFilter.Everything,
                Since = since?.ToUnixTimeMilliseconds(),
                Pattern = words.GetValue(_grep),
                Levels = words.GetValue(_level),
            },
            Follow = follow,
            Json = words.GetValue(_json),
            Color = ColorChoice.Of(words.GetValue(_color), words.GetValue(_noColor)),
            Timestamps = words.GetValue(_timestamps) || InvocationContext.ShowTimestamps,
        };
    }

    private void RefuseContradiction(OptionResult result)
    {
        if (result.GetValueOrDefault<bool>() && result.GetResult(_color)?.GetValueOrDefault<bool>() == true)
            result.AddError("--color and --no-color contradict each other");
    }

    private static LineCount? ParseLines(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (text == "all") return new LineCount(null);
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return new LineCount(count);
        result.AddError($"--lines {text}: expected a number from 0, or all");
        return null;
    }

    private static DateTimeOffset? ParseSince(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (SinceTime.TryParse(text, TimeProvider.System, out var since)) return since;
        result.AddError($"--since {text}: expected {SinceTime.Accepted}");
        return null;
    }

    private static LevelSet ParseLevels(ArgumentResult result)
    {
        if (!LevelSet.TryParse(result.Tokens[0].Value, out var levels, out var unknown))
            result.AddError($"--level {unknown}: expected {LevelSet.Accepted}");
        return levels;
    }

    private static LinePattern? ParseGrep(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (LinePattern.TryParse(text, out var problem) is { } pattern) return pattern;
        result.AddError($"--grep {text}: expected a .NET regular expression: {problem}");
        return null;
    }

    /// <param name="Number">Null for all.</param>
    private readonly record struct LineCount(long? Number);
}
