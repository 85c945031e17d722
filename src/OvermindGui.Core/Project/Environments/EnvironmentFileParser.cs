using System.Text.RegularExpressions;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Project.Environments;

/// <summary>
/// Parses one <c>.env</c> file like overmind does, except that an invalid line affects only itself. Problems never quote the file: the
/// lines of an unquoted private key are invalid lines, too.
/// </summary>
internal sealed partial class EnvironmentFileParser(string name, string text, Func<string, string?> environment)
{
    private readonly string _text = text.Replace("\r\n", "\n", StringComparison.Ordinal);
    private readonly List<EnvironmentAssignment> _assignments = [];
    private readonly List<Problem> _problems = [];
    private readonly Dictionary<string, string> _values = [];
    private int _position;
    private int _line = 1;

    public EnvironmentFile Parse()
    {
        MoveTo(Blanks().Match(_text).Length);
        while (_position < _text.Length)
        {
            if (Opening().Match(_text, _position) is { Success: true } opening) ReadAssignment(opening);
            else SkipLine("expected \"NAME=value\", a name of letters, digits, \"_\" and \".\"");
            MoveTo(_position + Blanks().Match(_text, _position).Length);
        }

        return new EnvironmentFile(_assignments, _problems);
    }

    private void ReadAssignment(Match opening)
    {
        var pattern = opening.Groups["quote"].Value switch { "\"" => DoubleQuoted(), "'" => SingleQuoted(), _ => Unquoted() };
        var start = opening.Groups["quote"].Index;
        var isQuoted = opening.Groups["quote"].Length > 0;
        if (pattern.Match(_text, start) is not { Success: true } match)
        {
            SkipLine($"the {opening.Groups["quote"].Value} that opens here is never closed");
            return;
        }

        if (isQuoted && !Behind().IsMatch(_text, match.Index + match.Length))
        {
            SkipLine("text behind the closing quote; expected the end of the line or a comment");
            return;
        }

        Add(opening.Groups["name"].Value, match.Groups["value"].Value, opening.Groups["quote"].Value);
        MoveTo(match.Index + match.Length);
    }

    private void Add(string variable, string raw, string quote)
    {
        if (raw.Contains('\0', StringComparison.Ordinal))
        {
            Report($"the value of {variable} holds a NUL character");
            return;
        }

        if (raw.Contains(EnvironmentFile.NotUtf8, StringComparison.Ordinal))
        {
            Report($"the value of {variable} is not UTF-8 text; save the file as UTF-8");
            return;
        }

        var value = quote switch
        {
            "'" => raw,
            "\"" => VariableExpansion.InDoubleQuotes(raw, Lookup),
            _ => VariableExpansion.Unquoted(raw.Trim(), Lookup),
        };
        _assignments.Add(new EnvironmentAssignment(variable, value, _line));
        _values[variable] = value;
    }

    private string? Lookup(string variable) => _values.GetValueOrDefault(variable) ?? environment(variable);

    private void Report(string message) => _problems.Add(new Problem(name, _line, ProblemSeverity.Warning, message));

    private void SkipLine(string problem)
    {
        Report(problem);
        MoveTo(_text.IndexOf('\n', _position) is >= 0 and var end ? end : _text.Length);
    }

    private void MoveTo(int position)
    {
        _line += _text.AsSpan(_position..position).Count('\n');
        _position = position;
    }

    // Ignores the "---" between YAML documents, and accepts ":" as the separator.
    [GeneratedRegex(@"\G(?:\s|#[^\n]*|(?<=^|\n)---(?=\n|$))*", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\G(?:export[^\S\n]+)?(?<name>[A-Za-z0-9_.]+)[^\S\n]*[=:][^\S\n]*(?<quote>[""']?)", RegexOptions.CultureInvariant)]
    private static partial Regex Opening();

    [GeneratedRegex(@"\G(?<value>[^\n]*?)(?:(?<=\s)#[^\n]*)?(?=\n|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex Unquoted();

    [GeneratedRegex(@"\G""(?<value>[^""\\]*(?:\\.[^""\\]*)*)""", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex DoubleQuoted();

    [GeneratedRegex(@"\G'(?<value>.*?)(?<!\\)'", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex SingleQuoted();

    [GeneratedRegex(@"\G[^\S\n]*(?:#|\n|\z|(?:export[^\S\n]+)?[A-Za-z0-9_.]+[^\S\n]*[=:])", RegexOptions.CultureInvariant)]
    private static partial Regex Behind();
}
