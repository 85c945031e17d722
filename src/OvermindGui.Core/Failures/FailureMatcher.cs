using System.Buffers;
using System.Text.RegularExpressions;

namespace OvermindGui.Core.Failures;

/// <summary>
/// Finds the first declaration that matches a line's plain text. Searches for all plain texts in one pass over the line. Thread-safe.
/// </summary>
public sealed class FailureMatcher
{
    private readonly SearchValues<string>? _texts;
    private readonly BudgetedRegex?[] _expressions; // null for a text
    private readonly bool _hasExpressions;
    private readonly Action<FailureDeclaration> _runaway;

    /// <param name="declarations">Valid declarations, see <see cref="FailureDeclaration.FindProblem"/>.</param>
    /// <param name="runaway">
    /// Called once, on the matching thread, for an expression that took too long and is now disabled. Must not block.
    /// </param>
    public FailureMatcher(IReadOnlyList<FailureDeclaration> declarations, TimeProvider time, Action<FailureDeclaration> runaway)
    {
        (Declarations, _runaway) = (declarations, runaway);
        var texts = declarations.Where(d => !d.IsRegex).Select(d => d.Pattern).ToArray();
        _texts = texts.Length > 0 ? SearchValues.Create(texts, StringComparison.OrdinalIgnoreCase) : null;
        _expressions = [.. declarations.Select(d => d.IsRegex ? new BudgetedRegex(d.Pattern, time) : null)];
        _hasExpressions = texts.Length < declarations.Count;
    }

    public IReadOnlyList<FailureDeclaration> Declarations { get; }

    /// <summary>The first declaration that matches, or null.</summary>
    /// <param name="except">Called for each match; returns true to skip it.</param>
    public FailureDeclaration? FirstMatch(string text, Func<FailureDeclaration, bool>? except = null)
    {
        var hasText = _texts is not null && text.AsSpan().ContainsAny(_texts);
        if (!hasText && !_hasExpressions) return null;
        for (var i = 0; i < _expressions.Length; i++)
        {
            var declaration = Declarations[i];
            var matches = _expressions[i] is { } expression
                ? Matches(expression, declaration, text)
                : hasText && text.Contains(declaration.Pattern, StringComparison.OrdinalIgnoreCase);
            if (matches && except?.Invoke(declaration) != true) return declaration;
        }

        return null;
    }

    private bool Matches(BudgetedRegex expression, FailureDeclaration declaration, string text)
    {
        try
        {
            return expression.Matches(text);
        }
        catch (RegexMatchTimeoutException)
        {
            _runaway(declaration);
            return false;
        }
    }
}
