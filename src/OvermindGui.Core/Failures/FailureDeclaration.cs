using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Failures;

/// <summary>
/// A pattern that indicates failure when a process prints it. The first declaration of the process that matches a line applies.
/// </summary>
/// <param name="Action">Null for the daemon's default action (<c>--on-failure</c>).</param>
/// <param name="IsRegex">A .NET regular expression instead of a substring. Both ignore case.</param>
public sealed record FailureDeclaration(string Pattern, FailureAction? Action = null, bool IsRegex = false)
{
    /// <summary>Leading and trailing blanks are ignored: they come from selecting text with a mouse.</summary>
    public string Pattern { get; } = Pattern.Trim();

    /// <summary>Why the declaration is invalid; null when it is valid.</summary>
    public string? FindProblem()
    {
        if (Pattern.Length == 0) return "the pattern is empty";
        if (Pattern.AsSpan().ContainsAny('\n', '\r', '\0')) return "the pattern holds a line break or a NUL, which no line does, so it would never match";
        if (!IsRegex || LinePattern.TryParse(Pattern, out var problem, ignoreCase: true) is not null) return null;
        return $"not a .NET regular expression: {problem}";
    }

    /// <summary>True when both search for the same, whatever their actions.</summary>
    public bool LooksFor(FailureDeclaration other) => Pattern == other.Pattern && IsRegex == other.IsRegex;
}
