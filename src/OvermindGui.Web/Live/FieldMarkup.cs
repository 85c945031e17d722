using System.Globalization;
using System.Text;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Web.Live;

/// <summary>
/// The markup of a line that consists of fields: an object in JSON, or logfmt. Every character of the line stays in it, in its order, so that
/// selection, copy and search have what was printed; the style sheet hides punctuation, moves level and message to the front, and shows the
/// fields one below the other when the line is opened.
/// </summary>
internal ref struct FieldMarkup
{
    private const int MostDepth = 12;
    private const int FewestFields = 2;

    private readonly StringBuilder _html;
    private readonly ReadOnlySpan<char> _text;
    private int _at;
    private int _fields;

    private FieldMarkup(StringBuilder html, ReadOnlySpan<char> text)
    {
        _html = html;
        _text = text;
    }

    /// <summary>Whether the line may consist of fields, so that it is worth a closer look.</summary>
    public static bool IsLikely(string text) => text is ['{', .., '}'] || (text.Length > 8 && text.IndexOf('=') is > 0 and < 24 && char.IsAsciiLetter(text[0]));

    /// <summary>Appends the markup; false, and nothing appended, when the line consists of something else.</summary>
    public static bool TryAppend(StringBuilder html, string text)
    {
        var start = html.Length;
        var markup = new FieldMarkup(html, text);
        html.Append("<span class=\"fs\">");
        if ((text[0] == '{' ? markup.Json() : markup.Logfmt()) && markup._fields >= FewestFields)
        {
            html.Append(CultureInfo.InvariantCulture, $"<button type=\"button\" class=\"tree\" tabindex=\"-1\" aria-expanded=\"false\">{{…}}<span> {markup._fields} fields</span></button></span>");
            return true;
        }

        html.Length = start;
        return false;
    }

    private bool Json() => Object(0) && _at == _text.Length;

    private bool Object(int depth)
    {
        if (depth > MostDepth) return false;
        var open = _at++;
        _at += Blank();
        Punctuation(open, _at);
        if (Peek() == '}') return Close();
        while (true)
        {
            var from = _at;
            if (Peek() != '"' || !SkipString()) return false;
            var (keyStart, keyEnd) = (from + 1, _at - 1);
            var value = _at + Blank();
            if (value >= _text.Length || _text[value] != ':') return false;
            _at = value + 1;
            _at += Blank();
            Open(_text[keyStart..keyEnd], depth);
            Punctuation(from, keyStart);
            Key(_text[keyStart..keyEnd]);
            Punctuation(keyEnd, _at);
            if (!Value(depth)) return false;
            var end = _at;
            _at += Blank();
            if (Peek() == ',') _at++;
            _at += Blank();
            Punctuation(end, _at);
            _html.Append("</span>");
            if (depth == 0) _fields++;
            if (end < _at && _text[end.._at].Contains(',')) continue;
            return Peek() == '}' && Close();
        }
    }

    private bool Close()
    {
        Punctuation(_at, _at + 1);
        _at++;
        return true;
    }

    private bool Value(int depth)
    {
        var from = _at;
        switch (Peek())
        {
            case '"':
                if (!SkipString()) return false;
                // Quotes are needed where blanks are.
                var content = _text[(from + 1)..(_at - 1)];
                var quote = content.Contains(' ') ? "q" : "p";
                Span(quote, _text.Slice(from, 1));
                Span("v", content);
                Span(quote, _text.Slice(_at - 1, 1));
                return true;
            case '{':
                _html.Append("<span class=\"v o\">");
                if (!Object(depth + 1)) return false;
                _html.Append("</span>");
                return true;
            case '[':
                if (!SkipArray()) return false;
                Span("v a", _text[from.._at]);
                return true;
            default:
                while (_at < _text.Length && _text[_at] is not (',' or '}' or ']' or ' ' or '\t')) _at++;
                if (!IsLiteral(_text[from.._at])) return false;
                Span("v n", _text[from.._at]);
                return true;
        }
    }

    private static bool IsLiteral(ReadOnlySpan<char> text) => text is "true" or "false" or "null" || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    // Its brackets in balance, strings skipped: what is in it is shown as it is.
    private bool SkipArray()
    {
        var depth = 0;
        for (; _at < _text.Length; _at++)
        {
            if (_text[_at] == '"')
            {
                if (!SkipString()) return false;
                _at--;
            }
            else if (_text[_at] is '[' or '{')
            {
                depth++;
            }
            else if (_text[_at] is ']' or '}' && --depth == 0)
            {
                _at++;
                return true;
            }
        }

        return false;
    }

    private bool SkipString()
    {
        for (_at++; _at < _text.Length; _at++)
        {
            if (_text[_at] == '\\') _at++;
            else if (_text[_at] == '"')
            {
                _at++;
                return true;
            }
        }

        return false;
    }

    private bool Logfmt()
    {
        while (_at < _text.Length)
        {
            var from = _at;
            while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '_' or '.' or '-' or '@' or '/')) _at++;
            if (_at == from || _at >= _text.Length || _text[_at] != '=') return false;
            var key = _text[from.._at];
            Open(key, 0);
            Key(key);
            Punctuation(_at, ++_at);
            from = _at;
            if (Peek() == '"')
            {
                if (!SkipString()) return false;
                Span("q", _text.Slice(from, 1));
                Span("v", _text[(from + 1)..(_at - 1)]);
                Span("q", _text.Slice(_at - 1, 1));
            }
            else
            {
                while (_at < _text.Length && _text[_at] != ' ') _at++;
                Span("v", _text[from.._at]);
            }

            if (_at < _text.Length && _text[_at] != ' ') return false;
            var blank = _at;
            _at += Blank();
            Punctuation(blank, _at);
            _html.Append("</span>");
            _fields++;
        }

        return true;
    }

    private readonly void Open(ReadOnlySpan<char> key, int depth) => _html.Append("<span class=\"f").Append(depth > 0 ? "" : RoleOf(key)).Append("\">");

    // What the line begins with, and what its prefix says already.
    private static string RoleOf(ReadOnlySpan<char> key) => key switch
    {
        "level" or "lvl" or "severity" or "log.level" or "levelname" or "@l" or "Level" or "LogLevel" => " lv",
        "msg" or "message" or "@m" or "Message" or "event" => " msg",
        "time" or "ts" or "timestamp" or "@timestamp" or "@t" or "Timestamp" or "pid" or "hostname" or "v" => " less",
        _ => "",
    };

    private readonly void Key(ReadOnlySpan<char> key) => Span("k", key);

    private readonly void Punctuation(int from, int to)
    {
        if (to > from) Span("p", _text[from..to]);
    }

    private readonly void Span(string name, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return;
        _html.Append("<span class=\"").Append(name).Append("\">");
        HtmlRenderer.AppendText(_html, text);
        _html.Append("</span>");
    }

    private readonly char Peek() => _at < _text.Length ? _text[_at] : '\0';

    private readonly int Blank()
    {
        var blank = 0;
        while (_at + blank < _text.Length && _text[_at + blank] is ' ' or '\t') blank++;
        return blank;
    }
}
