using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Failures;

/// <summary>A text that means failure when a process prints it. The first one of a process that matches a line wins.</summary>
/// <param name="Action">Null for what the daemon was told to do (<c>--on-failure</c>).</param>
/// <param name="IsRegex">A .NET regular expression instead of a part of the line. Either way case does not count.</param>
public sealed record FailureDeclaration(string Pattern, FailureAction? Action = null, bool IsRegex = false)
{
    /// <summary>Blanks around a pattern come from selecting text with a mouse, and mean nothing.</summary>
    public string Pattern { get; } = Pattern.Trim();

    /// <summary>Why it cannot be used, or null.</summary>
    public string? FindProblem()
    {
        if (Pattern.Length == 0) return "the pattern is empty";
        if (Pattern.AsSpan().ContainsAny('\n', '\r', '\0')) return "the pattern holds a line break or a NUL, which no line does, so it would never match";
        if (!IsRegex || LinePattern.TryParse(Pattern, out var problem, ignoreCase: true) is not null) return null;
        return $"not a .NET regular expression: {problem}";
    }

    /// <summary>True when both look for the same, whatever they do about it.</summary>
    public bool LooksFor(FailureDeclaration other) => Pattern == other.Pattern && IsRegex == other.IsRegex;
}
