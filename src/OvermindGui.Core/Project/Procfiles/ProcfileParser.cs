using System.Text.RegularExpressions;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Project.Procfiles;

/// <summary>Parses the lines of a Procfile: everything that overmind and foreman run, and some lines that they ignore.</summary>
/// <param name="file">The file's name in problems.</param>
internal sealed partial class ProcfileParser(string file)
{
    private const char ByteOrderMark = '\uFEFF';

    private readonly List<ProcfileEntry> _entries = [];
    private readonly List<Problem> _problems = [];
    private readonly List<Problem> _warnings = [];
    private readonly Dictionary<string, int> _lineByName = [];
    private int _index;

    public Procfile Parse(string text)
    {
        var number = 0;
        foreach (var line in text.Split('\n')) ParseLine(line.TrimEnd('\r'), ++number);
        if (_entries.Count == 0)
            _problems.Add(new Problem(file, 0, ProblemSeverity.Warning, "no entries found; expected lines of the form \"name: command\""));
        return new Procfile(_entries, _problems) { Warnings = _warnings };
    }

    private void ParseLine(string raw, int number)
    {
        var isMarked = number == 1 && raw.StartsWith(ByteOrderMark);
        var line = (isMarked ? raw[1..] : raw).Trim();
        if (line.Length == 0 || line[0] == '#') return;
        if (ParseEntry(line, number, out var problem) is not { } entry)
        {
            _problems.Add(new Problem(file, number, ProblemSeverity.Warning, problem));
            return;
        }

        _entries.Add(entry);
        _lineByName.Add(entry.Name, number);
        if (WhyOvermindSkips(raw, isMarked) is { } reason)
            _warnings.Add(new Problem(file, number, ProblemSeverity.Hint, $"\"{entry.Name}\" runs here, but {reason}"));
    }

    private ProcfileEntry? ParseEntry(string line, int number, out string problem)
    {
        problem = "";
        if (EntryPattern().Match(line) is not { Success: true } match)
        {
            problem = $"expected \"name: command\", found \"{PlainText.Excerpt(line)}\"";
            return null;
        }

        var (name, command) = (match.Groups["name"].Value.Trim(), match.Groups["command"].Value.Trim());
        if (!EntryNamePattern().IsMatch(name))
        {
            problem = $"the name \"{PlainText.Excerpt(name)}\" may only hold letters, digits, \"_\" and \"-\"";
            return null;
        }

        if (command.Length == 0)
        {
            problem = $"\"{name}\" has no command; expected \"{name}: command\"";
            return null;
        }

        var index = _index++;
        if (command.Contains('\0', StringComparison.Ordinal))
            problem = $"the command of \"{name}\" holds a NUL character";
        else if (name == Procfile.SystemProcess)
            problem = "the name \"system\" belongs to the daemon's own messages; choose another";
        else if (_lineByName.TryGetValue(name, out var first))
            problem = $"\"{name}\" is already defined on line {first}; the first one is used";
        else
            return new ProcfileEntry(name, command, number, index);
        return null;
    }

    private static string? WhyOvermindSkips(string raw, bool isMarked) => isMarked
        ? "overmind skips a first line behind a byte order mark; save the file without one"
        : OvermindPattern().IsMatch(raw) ? null
        : char.IsWhiteSpace(raw[0]) ? "overmind skips an indented entry; start it at the first column"
        : "overmind skips it; write \"name: command\", with a space behind the colon only";

    [GeneratedRegex(@"^(?<name>[^:]*):(?<command>.*)$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex EntryPattern();

    [GeneratedRegex(@"^[A-Za-z0-9_-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex EntryNamePattern();

    [GeneratedRegex(@"^[A-Za-z0-9_-]+:[ \t\f\r]", RegexOptions.CultureInvariant)]
    private static partial Regex OvermindPattern();
}
