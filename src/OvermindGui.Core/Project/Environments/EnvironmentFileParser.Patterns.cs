using System.Text.RegularExpressions;

namespace OvermindGui.Core.Project.Environments;

internal sealed partial class EnvironmentFileParser
{
    // Ignores the "---" between YAML documents, and accepts ":" as the separator.
    [GeneratedRegex(@"\G(?:\s|#[^\n]*|(?<=^|\n)---(?=\n|$))*", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\G(?:export[^\S\n]+)?(?<name>[A-Za-z0-9_.]+)[^\S\n]*[=:][^\S\n]*(?<quote>[""']?)", RegexOptions.CultureInvariant)]
    private static partial Regex Opening();

    [GeneratedRegex(@"\G(?<value>[^\n]*?)(?:(?<=\s)#[^\n]*)?(?=\n|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex Unquoted();

    [GeneratedRegex(@"\G""(?<value>[^""\\]*(?:\\.[^""\\]*)*)""", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex DoubleQuoted();

    [GeneratedRegex(@"\G'(?<value>.*?)(?<!\\)'", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex SingleQuoted();

    [GeneratedRegex(@"\G[^\S\n]*(?:#|\n|\z|(?:export[^\S\n]+)?[A-Za-z0-9_.]+[^\S\n]*[=:])", RegexOptions.CultureInvariant)]
    private static partial Regex Behind();
}
