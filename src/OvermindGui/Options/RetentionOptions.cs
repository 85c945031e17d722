using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using OvermindGui.Commands;
using OvermindGui.Daemon.Configuration;

namespace OvermindGui.Options;

/// <summary>How much output a daemon keeps. A flag wins over its variable, and that over the default.</summary>
internal sealed partial class RetentionOptions
{
    private readonly Bound _lines = new("--keep-lines", "OVERMIND_GUI_KEEP_LINES", "n", "Lines kept of each process (default: 1,000,000)", "a number of lines, 100 or more", Lines);
    private readonly Bound _age = new("--keep-days", "OVERMIND_GUI_KEEP_DAYS", "n", "Days that lines are kept (default: 30)", "a number of days, 1 or more", Days);
    private readonly Bound _size = new("--keep-size", "OVERMIND_GUI_KEEP_SIZE", "size", "Size of the database, such as 500M or 2G (default: 2G)", "a size such as 500M or 2G, 10M or more", Size);

    private sealed record Bound(string Flag, string Variable, string Value, string Description, string Accepted, Func<string, long?> Parse)
    {
        public Option<string?> Option { get; } = new(Flag) { Description = Description, HelpName = Value };

        public long? Read(ParseResult words) =>
            words.GetValue(Option) is { } given ? Judge(Flag, given)
            : Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } value ? Judge(Variable, value)
            : null;

        private long Judge(string place, string value) => Parse(value) ?? throw new CommandFailure($"{place} {value}: expected {Accepted}");
    }

    private IEnumerable<Bound> Bounds => [_lines, _age, _size];

    public void AddTo(Command command)
    {
        foreach (var bound in Bounds) command.Add(bound.Option);
    }

    /// <exception cref="CommandFailure">A flag or variable has a value that means nothing.</exception>
    public RetentionChoice Read(ParseResult words)
    {
        var keep = Retention.Default;
        return new RetentionChoice(
            new Retention(
                _lines.Read(words) ?? keep.Lines,
                _age.Read(words) is { } days ? TimeSpan.FromDays(days) : keep.Age,
                _size.Read(words) ?? keep.Size),
            [.. Bounds.Where(b => words.GetValue(b.Option) is not null).Select(b => $"{b.Flag}={words.GetValue(b.Option)}")]);
    }

    private static long? Lines(string text) => Number(text) is >= 100 and var lines ? lines : null;

    private static long? Days(string text) => Number(text) is >= 1 and <= 36_500 and var days ? days : null;

    private static long? Size(string text)
    {
        if (SizePattern().Match(text) is not { Success: true } match || Number(match.Groups["number"].Value) is not { } number) return null;
        var shift = match.Groups["unit"].Value.ToUpperInvariant() switch { "K" => 10, "M" => 20, "G" => 30, "T" => 40, _ => 0 };
        return number <= long.MaxValue >> shift && number << shift is >= 10L << 20 and var bytes ? bytes : null;
    }

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex("^(?<number>[0-9]+)(?<unit>[KMGT]?)(i?B)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SizePattern();
}

/// <summary>What was asked for.</summary>
/// <param name="Arguments">The flags that were given, for a daemon that is started with them; it reads the variables itself.</param>
internal sealed record RetentionChoice(Retention Retention, IReadOnlyList<string> Arguments);
