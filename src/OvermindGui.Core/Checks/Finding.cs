using System.Globalization;
using System.Text.RegularExpressions;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Checks;

/// <summary>A problem with its file and line.</summary>
/// <param name="Place">For display: <c>Procfile line 3</c>, <c>OVERMIND_PORT (.env line 2)</c>, <c>--formation</c>.</param>
/// <param name="File">Null when it is not in a file.</param>
/// <param name="Line">1-based; null for the whole file.</param>
public sealed partial record Finding(ProblemSeverity Severity, string Place, string? File, int? Line, string Message)
{
    internal static Finding Of(PlanProblem problem)
    {
        if (LinePattern().Match(problem.Place) is { Success: true } line)
            return new Finding(
                problem.Severity, problem.Place, line.Groups["file"].Value,
                int.Parse(line.Groups["line"].ValueSpan, CultureInfo.InvariantCulture), problem.Message);
        var isOption = OptionPattern().IsMatch(problem.Place);
        return new Finding(problem.Severity, problem.Place, isOption ? null : problem.Place, null, problem.Message);
    }

    // "Procfile line 3", and inside the brackets of "OVERMIND_PORT (.env line 2)".
    [GeneratedRegex(@"^(?:[A-Z0-9_]+ \()?(?<file>.+) line (?<line>[0-9]{1,9})\)?$", RegexOptions.CultureInvariant)]
    private static partial Regex LinePattern();

    [GeneratedRegex(@"^(?:--[a-z-]+|[A-Z0-9_]+|daemon)$", RegexOptions.CultureInvariant)]
    private static partial Regex OptionPattern();
}
