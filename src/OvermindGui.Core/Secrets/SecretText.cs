using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace OvermindGui.Core.Secrets;

/// <summary>Finds secrets in any text, a variable's value or a line of output, by their formats and by the names before them.</summary>
public static class SecretText
{
    /// <summary>The replacement for a secret.</summary>
    public const string Hidden = "[redacted]";

    private static readonly SearchValues<char> Ends = SearchValues.Create(" \t\r\n\"',;&)}]");

    public static bool HoldsSecret(string text) => !ReferenceEquals(Redact(text), text);

    /// <summary>Returns the text with its secrets replaced; the surrounding text stays readable.</summary>
    /// <returns>The same instance when the text contains no secret.</returns>
    public static string Redact(string text)
    {
        var redacted = ReplaceSecret(SecretFormats.Place, text);
        redacted = SecretFormats.Token.Replace(redacted, Hidden);
        redacted = RedactAssignments(redacted);
        redacted = SecretFormats.KeyLine.IsMatch(redacted) && IsKeyMaterial(redacted) ? Hidden : redacted;
        return redacted == text ? text : redacted;
    }

    private static string ReplaceSecret(Regex places, string text) => places.Replace(text, match =>
    {
        var secret = match.Groups["secret"];
        if (!IsGiven(secret.Value)) return match.Value;
        var start = secret.Index - match.Index;
        return string.Concat(match.ValueSpan[..start], Hidden, match.ValueSpan[(start + secret.Length)..]);
    });

    private static string RedactAssignments(string text)
    {
        StringBuilder? redacted = null;
        var copied = 0;
        for (var match = SecretFormats.Assignment.Match(text); match.Success;)
        {
            var (value, quote) = (match.Groups["value"], match.Groups["quote"].Value);
            if (!IsGiven(value.Value) || !AssignedValue.IsSecret(match.Groups["name"].Value, match.Groups["sign"].Value, value.Value, quote.Length > 0, text, value.Index + value.Length))
            {
                // The value that was found may itself be a name followed by a secret.
                match = SecretFormats.Assignment.Match(text, value.Index);
                continue;
            }

            var end = EndOf(text, value.Index, quote);
            redacted = (redacted ?? new StringBuilder()).Append(text, copied, value.Index - copied).Append(Hidden);
            copied = end;
            match = SecretFormats.Assignment.Match(text, end);
        }

        return redacted is null ? text : redacted.Append(text, copied, text.Length - copied).ToString();
    }

    // Up to the closing quote, or to the end of the word.
    private static int EndOf(string text, int start, string quote)
    {
        if (quote.Length == 0)
            return text.AsSpan(start).IndexOfAny(Ends) is >= 0 and var length ? start + length : text.Length;
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == quote[0]) return i;
        }

        return text.Length;
    }

    // Already hidden, or a placeholder: ***, <token>, ${TOKEN}, %s.
    private static bool IsGiven(string value) =>
        value.Length > 0 && value[0] is not ('*' or '•' or '[' or '<' or '$' or '{' or '%' or '.') && !value.All(c => c is 'x' or 'X' or '…');

    // A digest of 64 hexadecimal digits is as wide.
    private static bool IsKeyMaterial(string line) =>
        line.Any(char.IsAsciiLetterUpper) && line.Any(char.IsAsciiLetterLower) && line.Any(char.IsAsciiDigit);
}
