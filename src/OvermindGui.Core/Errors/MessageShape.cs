using System.Buffers;

namespace OvermindGui.Core.Errors;

/// <summary>
/// Writes a message without what differs each time: <c>#</c> for numbers, times, hexadecimal and other ids, <c>/</c> for paths and
/// addresses, <c>""</c> for quoted values.
/// </summary>
internal ref struct MessageShape(ReadOnlySpan<char> message, Span<char> shape)
{
    private const int UuidLength = 36;
    private const int ShortestHex = 7; // an abbreviated commit
    private const int AlternationsOfId = 3; // "8fK2x": letters and digits take turns

    private static readonly SearchValues<char> TokenEnds = SearchValues.Create(" \t\"'`()[]{}<>,;|");
    private static readonly SearchValues<char> BetweenDigits = SearchValues.Create(".:,-/T");

    private readonly ReadOnlySpan<char> _message = message;
    private readonly Span<char> _shape = shape;
    private int _length;

    /// <summary>Returns the number of characters written.</summary>
    public int Write(bool blankQuoted, bool blankPaths = true)
    {
        for (var i = 0; i < _message.Length && _length < _shape.Length;)
        {
            var rest = _message[i..];
            var begins = i == 0 || !IsWordCharacter(_message[i - 1]);
            i += char.IsWhiteSpace(rest[0]) ? Space(rest)
                : blankQuoted && begins && Quoted(rest, escaped: i > 0 && _message[i - 1] == '\\') is > 0 and var quoted ? Put("\"\"", quoted)
                : blankPaths && begins && PathLength(rest, i == 0 ? ' ' : _message[i - 1]) is > 0 and var path ? Put("/", path)
                : !IsWordCharacter(rest[0]) ? Put(rest[..1], 1)
                : begins ? Word(rest)
                : Put(rest[..1], 1);
        }

        return _length;
    }

    private static bool IsWordCharacter(char c) => char.IsLetterOrDigit(c) || c == '_';

    private int Space(ReadOnlySpan<char> rest)
    {
        var length = 1;
        while (length < rest.Length && char.IsWhiteSpace(rest[length])) length++;
        return Put(" ", length);
    }

    // A word of letters, digits and underscores; behind a number also what continues it, as in a time.
    private int Word(ReadOnlySpan<char> rest)
    {
        var length = 1;
        while (length < rest.Length && IsWordCharacter(rest[length])) length++;
        var word = rest[..length];
        if (length == 8 && IsUuid(rest)) return Put("#", UuidLength);
        if (IsMonthOrDay(word)) return Put("#", length);
        if (!word.ContainsAnyInRange('0', '9')) return Put(word, length);
        if (char.IsAsciiDigit(word[0]) && NumberLength(rest) is var number && number >= length) return Put("#", number);
        if (IsId(word)) return Put("#", length);
        for (var i = 0; i < length;)
        {
            var digits = i;
            while (digits < length && char.IsAsciiDigit(word[digits])) digits++;
            if (digits > i) Put("#", 0);
            else Put(word.Slice(digits++, 1), 0);
            i = digits;
        }

        return length;
    }

    // "12", "1.5", "2026-01-31T10:00:00.123Z", "127.0.0.1:8000"
    private static int NumberLength(ReadOnlySpan<char> rest)
    {
        var length = 0;
        while (length < rest.Length && (char.IsAsciiDigit(rest[length])
            || (length + 1 < rest.Length && BetweenDigits.Contains(rest[length]) && char.IsAsciiDigit(rest[length + 1])))) length++;
        return length < rest.Length && rest[length] == 'Z' && (length + 1 == rest.Length || !IsWordCharacter(rest[length + 1])) ? length + 1 : length;
    }

    private static bool IsId(ReadOnlySpan<char> word)
    {
        if (word is ['0', 'x' or 'X', ..]) return true;
        if (word.Length >= ShortestHex && !word.ContainsAnyExcept(HexDigits)) return true;
        var alternations = 0;
        for (var i = 1; i < word.Length; i++)
            if (char.IsAsciiDigit(word[i]) != char.IsAsciiDigit(word[i - 1])) alternations++;
        return alternations >= AlternationsOfId;
    }

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private static bool IsUuid(ReadOnlySpan<char> rest)
    {
        if (rest.Length < UuidLength) return false;
        for (var i = 0; i < UuidLength; i++)
            if (i is 8 or 13 or 18 or 23 ? rest[i] != '-' : !char.IsAsciiHexDigit(rest[i])) return false;
        return rest.Length == UuidLength || !IsWordCharacter(rest[UuidLength]);
    }

    private static bool IsMonthOrDay(ReadOnlySpan<char> word) => word.Length == 3 && word is "Jan" or "Feb" or "Mar" or "Apr" or "May" or "Jun" or "Jul"
        or "Aug" or "Sep" or "Oct" or "Nov" or "Dec" or "Mon" or "Tue" or "Wed" or "Thu" or "Fri" or "Sat" or "Sun";

    // The length with its quotes; 0 when there is no closing one that ends a word: an apostrophe is no quote.
    /// <param name="escaped">The quotes are escaped, as in a message that is a JSON string.</param>
    private static int Quoted(ReadOnlySpan<char> rest, bool escaped)
    {
        if (rest[0] is not ('"' or '\'' or '`' or '“' or '‘' or '«')) return 0;
        var close = rest[0] switch { '“' => '”', '‘' => '’', '«' => '»', var same => same };
        for (var i = 1; i < rest.Length; i++)
        {
            if (rest[i] == '\\' && !escaped) i++;
            else if ((rest[i] == close || (rest[0] == '`' && rest[i] == '\'')) && (i + 1 == rest.Length || !IsWordCharacter(rest[i + 1]))) return i + 1;
        }

        return 0;
    }

    private static int PathLength(ReadOnlySpan<char> rest, char before)
    {
        if (before is '/' or '.' or '\\' or '-' or ':' && rest[0] != '/') return 0;
        var end = rest.IndexOfAny(TokenEnds);
        var token = end < 0 ? rest : rest[..end];
        if (token.IndexOfAny('/', '\\') < 0) return 0;
        if (token.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme && !token[..scheme].ContainsAnyExcept(SchemeCharacters)) return token.TrimEnd(".:").Length;
        // "a.ts:12:5" is a path and a place in it.
        for (var i = 1; i < token.Length; i++)
        {
            if (token[i] != ':' || (i == 1 && token.Length > 2 && token[2] is '\\' or '/')) continue;
            token = token[..i];
            break;
        }

        token = token.TrimEnd(".:");
        return IsPath(token) ? token.Length : 0;
    }

    private static readonly SearchValues<char> SchemeCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

    private static bool IsPath(ReadOnlySpan<char> token) => token switch
    {
        ['/', var next, ..] => IsWordCharacter(next) || next is '.' or '~' or '@',
        ['.' or '~', '/', ..] or ['.', '.', '/', ..] => true,
        [_, ':', '\\' or '/', ..] => char.IsAsciiLetter(token[0]),
        // "src/app.ts" and "a/b/c" are paths, "and/or" is not
        _ => token.LastIndexOfAny('/', '\\') is > 0 and var last && (token[last..].Contains('.') || token[..last].IndexOfAny('/', '\\') > 0),
    };

    private int Put(ReadOnlySpan<char> text, int read)
    {
        var fits = Math.Min(text.Length, _shape.Length - _length);
        text[..fits].CopyTo(_shape[_length..]);
        _length += fits;
        return read;
    }
}
