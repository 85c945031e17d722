using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Procfiles;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Log;

/// <summary>Colours, width and short forms of the names before the lines, as a style sheet of this page: lines themselves need no change for them.</summary>
internal static partial class PrefixStyle
{
    public static string ColorOf(ProcessInfo process) =>
        string.Create(CultureInfo.InvariantCulture, $"var(--a{ProcessColors.ForPosition(process.ColorIndex)})");

    public static string ColorsOf(IReadOnlyList<ProcessInfo> processes)
    {
        var (css, names) = (new StringBuilder(), new DistinctNames(processes.Select(p => p.Name)));
        foreach (var process in processes)
        {
            if (!SafeName().IsMatch(process.Name)) continue; // another program may have written the table: nothing else gets into a style sheet
            css.Append(".line[data-p=\"").Append(process.Name).Append("\"]{--c:").Append(ColorOf(process));
            if (names.PartOf(process.Name) is not null) css.Append(";--s:\"").Append(names.ShortOf(process.Name)).Append('"');
            css.Append('}');
        }

        return css.ToString();
    }

    public static string WidthOf(IReadOnlyList<ProcessInfo> processes)
    {
        var longest = processes.Select(p => p.Name.Length).Append(Procfile.SystemProcess.Length).Max();
        return string.Create(CultureInfo.InvariantCulture, $"--name-width:{Math.Min(longest, ShortName.Length)}.5ch"); // the half is for rounding
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-]+(#[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex SafeName();
}
