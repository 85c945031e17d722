using System.Text;

namespace OvermindGui.Core.Checks;

/// <summary>A word of a shell command.</summary>
/// <param name="IsPlain">True when the shell sees the text unchanged: it contains no expansions.</param>
/// <param name="IsAssignment">True when it sets a variable if it precedes the command.</param>
internal sealed record ShellWord(string Text, bool IsPlain, bool IsAssignment);

/// <summary>The words up to one of <c>&amp;&amp; || | ; &amp;</c>, the separator, which is empty at the end of the line.</summary>
internal sealed record SimpleCommand(IReadOnlyList<ShellWord> Words, string Separator);

/// <summary>Splits a line of simple commands into words, without redirections.</summary>
internal sealed class ShellWords(string line)
{
    private const string Operators = "&|;<>";

    private readonly List<SimpleCommand> _commands = [];
    private readonly StringBuilder _text = new();
    private List<ShellWord> _words = [];
    private int _position;
    private bool _isRedirected;

    /// <summary>Null for a line with anything else, such as a subshell, a substitution, or an unclosed quote.</summary>
    public static IReadOnlyList<SimpleCommand>? Split(string line) => new ShellWords(line).Split();

    private List<SimpleCommand>? Split()
    {
        while (_position < line.Length)
        {
            var c = line[_position];
            if (c is ' ' or '\t') _position++;
            else if (c == '#') break;
            else if (Operators.Contains(c, StringComparison.Ordinal) ? !TakeOperator(c) : !TakeWord()) return null;
        }

        if (_isRedirected) return null;
        if (_words.Count > 0 || _commands.Count == 0) _commands.Add(new SimpleCommand(_words, ""));
        return _commands;
    }

    private bool TakeOperator(char c)
    {
        if (_isRedirected) return false;
        var next = _position + 1 < line.Length ? line[_position + 1] : '\0';
        if (c is '<' or '>')
        {
            if (c == '<' && next is '<' or '(' || next == '(') return false; // here documents, process substitution
            _position += next is '>' or '&' or '|' ? 2 : 1;
            _isRedirected = true;
            return true;
        }

        if (c == '&' && next == '>') return false; // its meaning depends on the shell
        var separator = next == c && c != ';' ? new string(c, 2) : c.ToString();
        if (c is ';' or '|' && next is ';' or '&' || _words.Count == 0) return false;
        _position += separator.Length;
        _commands.Add(new SimpleCommand(_words, separator));
        _words = [];
        return true;
    }

    private bool TakeWord()
    {
        _text.Clear();
        var (isPlain, isQuoted, start) = (true, false, _position);
        for (; _position < line.Length && line[_position] is not (' ' or '\t') && !Operators.Contains(line[_position], StringComparison.Ordinal); _position++)
        {
            switch (line[_position])
            {
                case '(' or ')' or '`' or '\n' or '\r': return false;
                case '$' when _position + 1 < line.Length && line[_position + 1] is '(' or '\'' or '"': return false;
                case '$' or '*' or '?' or '[' or '{' or '~' when line[_position..] is not ['[', ' ', ..] and not "[":
                    isPlain = false;
                    _text.Append(line[_position]);
                    break;
                case '\\' when _position + 1 < line.Length:
                    _text.Append(line[++_position]);
                    isQuoted = true;
                    break;
                case '\'' or '"':
                    if (!TakeQuoted(ref isPlain)) return false;
                    isQuoted = true;
                    break;
                default:
                    _text.Append(line[_position]);
                    break;
            }
        }

        Add(new ShellWord(_text.ToString(), isPlain, IsAssignment(line[start.._position])), isQuoted);
        return true;
    }

    private bool TakeQuoted(ref bool isPlain)
    {
        var quote = line[_position];
        for (_position++; _position < line.Length && line[_position] != quote; _position++)
        {
            if (quote == '"' && (line[_position] == '`' || line[_position..] is ['$', '(', ..])) return false;
            if (quote == '"' && line[_position] == '$') isPlain = false;
            if (quote == '"' && line[_position..] is ['\\', '"' or '\\' or '$' or '`', ..]) _position++;
            if (_position < line.Length) _text.Append(line[_position]);
        }

        return _position < line.Length;
    }

    private void Add(ShellWord word, bool isQuoted)
    {
        var isDescriptor = !isQuoted && _position < line.Length && line[_position] is '<' or '>' && word.Text.All(char.IsAsciiDigit);
        if (!_isRedirected && !isDescriptor) _words.Add(word);
        _isRedirected = false;
    }

    private static bool IsAssignment(string raw)
    {
        var equals = raw.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && !char.IsAsciiDigit(raw[0]) && raw[..equals].All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '+');
    }
}
