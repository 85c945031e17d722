using System.Buffers;
using System.Text;

namespace OvermindGui.Core.Project.Environments;

/// <summary>
/// Expands <c>$NAME</c> and <c>${NAME}</c>; names consist of capitals, digits and <c>_</c>, unknown ones are empty. <c>${name:-default}</c>
/// uses the default if the variable is unset or empty, <c>${name-default}</c> only if it is unset; a default may contain expansions.
/// </summary>
internal ref struct VariableExpansion
{
    private const int MaxDepth = 16;

    private static readonly SearchValues<char> PlainNames = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
    private static readonly SearchValues<char> AnyNames =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    private readonly Func<string, string?> _lookup;
    private readonly bool _quoted;
    private readonly int _depth;
    private readonly StringBuilder _result;
    private ReadOnlySpan<char> _rest;

    private VariableExpansion(ReadOnlySpan<char> text, Func<string, string?> lookup, bool quoted, int depth)
    {
        (_lookup, _quoted, _depth, _result) = (lookup, quoted, depth, new StringBuilder(text.Length));
        _rest = text;
    }

    /// <summary>Only <c>\$</c> is an escape; other backslashes stay, as in a Windows path.</summary>
    public static string Unquoted(string text, Func<string, string?> lookup) => new VariableExpansion(text, lookup, quoted: false, 0).Expand();

    /// <summary><c>\n</c> and <c>\r</c> are line ends, any other <c>\x</c> is <c>x</c>.</summary>
    public static string InDoubleQuotes(string text, Func<string, string?> lookup) => new VariableExpansion(text, lookup, quoted: true, 0).Expand();

    private string Expand()
    {
        while (_rest.IndexOfAny('\\', '$') is >= 0 and var special)
        {
            _result.Append(_rest[..special]);
            _rest = _rest[special..];
            var taken = _rest[0] == '\\' ? Escape() : _rest is ['$', '{', ..] ? Braces() : Name();
            _rest = _rest[taken..];
        }

        return _result.Append(_rest).ToString();
    }

    private readonly int Escape()
    {
        if (_rest.Length == 1 || (!_quoted && _rest[1] != '$'))
        {
            _result.Append('\\');
            return 1;
        }

        _result.Append(_rest[1] switch { 'n' when _quoted => '\n', 'r' when _quoted => '\r', var character => character });
        return 2;
    }

    private readonly int Name()
    {
        var length = Length(_rest[1..], PlainNames);
        _result.Append(length == 0 ? "$" : _lookup(_rest.Slice(1, length).ToString()));
        return 1 + length;
    }

    // Unknown forms stay unchanged.
    private readonly int Braces()
    {
        var inside = _rest[2..];
        var close = Close(inside);
        var name = Length(inside, AnyNames);
        if (close > 0 && name == close && Length(inside, PlainNames) == close)
        {
            _result.Append(_lookup(inside[..close].ToString()));
            return close + 3;
        }

        var operation = name > 0 && close > name ? inside[name..close] : default;
        var alsoEmpty = operation is [':', '-', ..];
        if (_depth == MaxDepth || !(alsoEmpty || operation is ['-', ..]))
        {
            _result.Append('$');
            return 1;
        }

        var value = _lookup(inside[..name].ToString());
        _result.Append(value is null || (alsoEmpty && value.Length == 0)
            ? new VariableExpansion(operation[(alsoEmpty ? 2 : 1)..], _lookup, _quoted, _depth + 1).Expand()
            : value);
        return close + 3;
    }

    private static int Length(ReadOnlySpan<char> text, SearchValues<char> names) =>
        text.IndexOfAnyExcept(names) is >= 0 and var end ? end : text.Length;

    // The index of the matching closing brace; -1 when there is none.
    private static int Close(ReadOnlySpan<char> text)
    {
        var open = 1;
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '\\') i++;
            else if (text[i] == '}' && --open == 0) return i;
            else if (text[i] == '{' && i > 0 && text[i - 1] == '$') open++;
        return -1;
    }
}
