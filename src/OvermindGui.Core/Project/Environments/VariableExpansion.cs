using System.Text.RegularExpressions;

namespace OvermindGui.Core.Project.Environments;

/// <summary>
/// Puts values in the place of <c>$NAME</c> and <c>${NAME}</c>; names are capitals, digits and <c>_</c>, unknown ones are empty.
/// </summary>
internal static partial class VariableExpansion
{
    /// <summary>Only <c>\$</c> is an escape; other backslashes stay, as in a Windows path.</summary>
    public static string Unquoted(string text, Func<string, string?> lookup) =>
        UnquotedPattern().Replace(text, match => Resolve(match, lookup));

    /// <summary><c>\n</c> and <c>\r</c> are line ends, any other <c>\x</c> is <c>x</c>.</summary>
    public static string InDoubleQuotes(string text, Func<string, string?> lookup) =>
        QuotedPattern().Replace(text, match => Resolve(match, lookup));

    private static string Resolve(Match match, Func<string, string?> lookup) => match.Groups["escaped"].Value switch
    {
        "" => lookup(match.Groups["name"].Value) ?? "",
        "n" => "\n",
        "r" => "\r",
        var character => character,
    };

    [GeneratedRegex(@"\\(?<escaped>\$)|\$(?<name>[A-Z0-9_]+)|\$\{(?<name>[A-Z0-9_]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex UnquotedPattern();

    [GeneratedRegex(
        @"\\(?<escaped>.)|\$(?<name>[A-Z0-9_]+)|\$\{(?<name>[A-Z0-9_]+)\}", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex QuotedPattern();
}
