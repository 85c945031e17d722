namespace OvermindGui.Core.Checks;

/// <summary>
/// Finds bash syntax in a command that dash rejects only at run time. <c>sh -n</c> finds what is a syntax error in dash, such as an array.
/// </summary>
internal sealed class Bashisms(string command)
{
    private static readonly HashSet<string> Words =
    [
        "source", "[[", "function", "declare", "typeset", "let", "pushd", "popd", "dirs", "shopt", "mapfile", "readarray", "coproc", "disown",
        "select", "caller", "compgen", "enable", "builtin",
    ];

    // The word after one of these also begins a command.
    private static readonly HashSet<string> Openers = ["{", "!", "if", "then", "else", "elif", "while", "until", "do"];

    private readonly List<string> _found = [];
    private readonly List<string> _words = []; // of the simple command that is being read
    private int _position;

    /// <summary>In the order of the command, each once.</summary>
    public static IReadOnlyList<string> Find(string command) => new Bashisms(command).Find();

    private IReadOnlyList<string> Find()
    {
        while (_position < command.Length)
        {
            var c = command[_position];
            if (c is ' ' or '\t') _position++;
            else if (c == '#') break;
            else if (c is '&' && Next(1) == '>') Take("&>", 2);
            else if (c is '(' && Next(1) == '(' && _words.Count == 0) Take("((", 2);
            else if (c is ';' or '&' or '|' or '(' or ')' or '`') EndCommand();
            else if (c is '<' or '>') _position++;
            else ReadWord();
        }

        EndCommand();
        return [.. _found.Distinct()];
    }

    private char Next(int offset) => _position + offset < command.Length ? command[_position + offset] : '\0';

    private void Take(string bashism, int length)
    {
        _found.Add(bashism);
        _position += length;
    }

    private void EndCommand()
    {
        _position++;
        if (_words is ["[" or "test", ..] && _words.Contains("==")) _found.Add("== in [ … ]");
        if (_words is ["set", ..] && _words.Contains("pipefail")) _found.Add("set -o pipefail");
        _words.Clear();
    }

    private void ReadWord()
    {
        var start = _position;
        while (_position < command.Length && command[_position] is not (' ' or '\t' or ';' or '&' or '|' or '(' or ')' or '<' or '>' or '`')) ReadCharacter();
        if (_position == start) _position++; // a backquote or bracket ended the word before it began
        var word = command[start.._position];
        if (_words.Count == 0 && Words.Contains(word)) _found.Add(word);
        if (_words.Count == 0 && (Openers.Contains(word) || IsAssignment(word))) return;
        _words.Add(word);
    }

    private void ReadCharacter()
    {
        switch (command[_position])
        {
            case '\\':
                _position += 2;
                break;
            case '\'':
                SkipTo('\'');
                break;
            case '"':
                SkipQuoted();
                break;
            case '$' when Next(1) == '\'':
                Take("$'…'", 1);
                SkipTo('\'');
                break;
            case '$' when Next(1) == '{':
                ReadExpansion();
                break;
            case '{' when IsRange():
                Take("{a..b}", 1);
                break;
            default:
                _position++;
                break;
        }

        _position = Math.Min(_position, command.Length);
    }

    private void SkipTo(char end)
    {
        var close = command.IndexOf(end, _position + 1);
        _position = close < 0 ? command.Length : close + 1;
    }

    private void SkipQuoted()
    {
        for (_position++; _position < command.Length && command[_position] != '"';)
            if (command[_position] == '\\') _position += 2;
            else if (command[_position] == '$' && Next(1) == '{') ReadExpansion();
            else _position++;
        _position++;
    }

    // After the name in ${name…}, dash accepts "-", "=", "?", "+", each with or without ":", "%" and "#".
    private void ReadExpansion()
    {
        var close = command.IndexOf('}', _position);
        var end = close < 0 ? command.Length : close;
        var inside = command.AsSpan(_position + 2, Math.Max(0, end - _position - 2));
        var name = inside.IndexOfAnyExcept(NameCharacters);
        if (inside is ['!', _, ..]) _found.Add("${!name}");
        else if (name > 0 && inside[name] is '/' or '^' or ',' or '[' or '@') _found.Add($"${{name{inside[name]}…}}");
        else if (name > 0 && inside[name] == ':' && inside.Length > name + 1 && !"-=?+".Contains(inside[name + 1], StringComparison.Ordinal))
            _found.Add("${name:n}");
        _position = close < 0 ? command.Length : close + 1;
    }

    private bool IsRange()
    {
        var close = command.IndexOf('}', _position);
        return close > 0 && command.AsSpan(_position + 1, close - _position - 1) is { Length: >= 4 } range
            && range.IndexOf("..") > 0 && range.IndexOfAny(" \t,$") < 0;
    }

    private static bool IsAssignment(string word) =>
        word.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals && !char.IsAsciiDigit(word[0]) && word.AsSpan(0, equals).IndexOfAnyExcept(NameCharacters) < 0;

    private static readonly System.Buffers.SearchValues<char> NameCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
}
