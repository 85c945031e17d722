using System.CommandLine;
using OvermindGui.Core.Contracts;
using OvermindGui.Invocation;

namespace OvermindGui.Options;

/// <summary>Options that limit the stored output, for daemons and for <c>prune</c>.</summary>
/// <param name="withVariables">Whether their variables count.</param>
internal sealed class KeepFlags(bool withVariables = true)
{
    private readonly EnvOption<long> _lines = new(
        Text("--keep-lines", "n", "Lines kept of each process (default: 1,000,000)"), withVariables ? "OVERMIND_GUI_KEEP_LINES" : null, LimitText.TryLines, LimitText.AcceptedLines, 0);

    private readonly EnvOption<TimeSpan> _days = new(
        Text("--keep-days", "n", "Days that lines are kept (default: 30)"), withVariables ? "OVERMIND_GUI_KEEP_DAYS" : null, LimitText.TryDays, LimitText.AcceptedDays, default);

    private readonly EnvOption<long> _size = new(
        Text("--keep-size", "size", "Size of the database, such as 500M or 2G (default: 2G)"), withVariables ? "OVERMIND_GUI_KEEP_SIZE" : null, LimitText.TrySize, LimitText.AcceptedSize, 0);

    private readonly EnvOption<TimeSpan> _crashes = new(
        Text("--keep-crashes", "days", "Keep the output before crashes and around errors for so long, such as 90d or 12w, within --keep-size (default: off)"),
        withVariables ? "OVERMIND_GUI_KEEP_CRASHES" : null, LimitText.TryCrashes, LimitText.AcceptedCrashes, default);

    public void AddTo(Command command)
    {
        _lines.AddTo(command);
        _days.AddTo(command);
        _size.AddTo(command);
        _crashes.AddTo(command);
    }

    /// <summary>The limits that are set here.</summary>
    /// <exception cref="CommandFailure">A variable is invalid.</exception>
    public RetentionLimits Read(ParseResult words) =>
        new() { Lines = Limit(_lines, words), Age = Limit(_days, words), Size = Limit(_size, words), Crashes = Limit(_crashes, words) };

    /// <summary>The flags as given, for starting a daemon with them.</summary>
    public IEnumerable<string> Arguments(ParseResult words) => [.. _lines.Arguments(words), .. _days.Arguments(words), .. _size.Arguments(words), .. _crashes.Arguments(words)];

    private static Limit<T>? Limit<T>(EnvOption<T> option, ParseResult words) => option.Source(words) is { } source ? new Limit<T>(option.Read(words), source) : null;

    private static Option<string?> Text(string name, string value, string description) => new(name) { Description = description, HelpName = value };
}
