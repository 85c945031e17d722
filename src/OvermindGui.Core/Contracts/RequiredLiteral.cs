using System.Text;

namespace OvermindGui.Core.Contracts;

/// <summary>
/// Finds a literal that every match of a regular expression must contain, so that a search can discard most lines with a cheap comparison
/// before it runs the expression. It understands the common part of the syntax and returns null for the rest, which is always correct.
/// </summary>
public static class RequiredLiteral
{
    /// <summary>The longest ASCII literal that every match contains, in its original case; null when none is certain.</summary>
    public static string? Find(string expression)
    {
        var position = 0;
        return Sequence(expression, ref position, depth: 0, out var literal) && position == expression.Length && literal.Length > 0 ? literal : null;
    }

    // Reads up to the closing parenthesis or the end. Returns false for unsupported syntax.
    private static bool Sequence(string text, ref int position, int depth, out string literal)
    {
        var (best, run) = ("", new StringBuilder());
        var hasAlternatives = false;
        literal = "";
        if (depth > 50) return false;
        while (position < text.Length && text[position] != ')')
        {
            var c = text[position];
            if (c == '|')
            {
                hasAlternatives = true;
                position++;
                continue;
            }

            if (!Atom(text, ref position, depth, out var atom, out var joins)) return false;
            var (isOptional, isRepeated) = Quantifier(text, ref position);
            if (isOptional) atom = "";
            if (joins && atom.Length > 0)
            {
                run.Append(atom);
                if (!isRepeated) continue; // "ab+c": what comes after a repeated character is a text of its own
            }

            Take(run.ToString());
            run.Clear();
            if (!joins) Take(atom);
        }

        Take(run.ToString());
        if (depth == 0 && position < text.Length) return false; // a parenthesis too many
        literal = hasAlternatives ? "" : best;
        return true;

        void Take(string candidate)
        {
            if (candidate.Length > best.Length) best = candidate;
        }
    }

    // Reads one atom. The literal is empty when the atom matches several texts; "joins" means that it continues its neighbours.
    private static bool Atom(string text, ref int position, int depth, out string atom, out bool joins)
    {
        (atom, joins) = ("", true);
        var c = text[position++];
        switch (c)
        {
            case '^' or '$' or '.':
                return true;
            case '[':
                return Class(text, ref position);
            case '(':
                joins = false;
                return Group(text, ref position, depth, out atom);
            case '\\':
                return Escape(text, ref position, out atom);
            case '*' or '+' or '?' or '{':
                return false; // a syntax error, or a literal brace
            default:
                if (char.IsAscii(c) && !char.IsControl(c)) atom = c.ToString();
                return true;
        }
    }

    private static bool Group(string text, ref int position, int depth, out string atom)
    {
        atom = "";
        if (position < text.Length && text[position] == '?')
        {
            if (text.AsSpan(position).StartsWith("?:", StringComparison.Ordinal)) position += 2;
            else if (text.Length > position + 2 && text[position + 1] == '<' && char.IsAsciiLetter(text[position + 2]))
            {
                var end = text.IndexOf('>', position);
                if (end < 0) return false;
                position = end + 1;
            }
            else
            {
                return false; // options, look-around, conditions
            }
        }

        if (!Sequence(text, ref position, depth + 1, out atom) || position >= text.Length) return false;
        position++;
        return true;
    }

    private static bool Escape(string text, ref int position, out string atom)
    {
        atom = "";
        if (position >= text.Length) return false;
        var c = text[position++];
        if (char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c) && !char.IsControl(c)) atom = c.ToString();
        return !char.IsAsciiLetterOrDigit(c) || "dDwWsSbBAzZtrnfve".Contains(c, StringComparison.Ordinal);
    }

    private static bool Class(string text, ref int position)
    {
        if (position < text.Length && text[position] == '^') position++;
        if (position < text.Length && text[position] == ']') position++; // literal as the first character of a class
        for (; position < text.Length; position++)
        {
            if (text[position] == '\\') position++;
            else if (text[position] == '[') return false; // a subtraction, or a literal bracket
            else if (text[position] == ']')
            {
                position++;
                return true;
            }
        }

        return false;
    }

    private static (bool IsOptional, bool IsRepeated) Quantifier(string text, ref int position)
    {
        if (position >= text.Length) return default;
        var (isOptional, isRepeated) = text[position] switch
        {
            '*' or '?' => (true, true),
            '+' => (false, true),
            _ => (false, false),
        };
        if (isRepeated) position++;
        else if (text[position] == '{' && text.IndexOf('}', position) is var end && end > position)
        {
            (isOptional, isRepeated) = (true, true); // {n}, {n,m}: not worth reading
            position = end + 1;
        }

        if (isRepeated && position < text.Length && text[position] == '?') position++; // lazy
        return (isOptional, isRepeated);
    }
}
