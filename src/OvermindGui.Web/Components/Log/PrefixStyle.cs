using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Procfiles;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Log;

/// <summary>Colours and width of the names before the lines, as a style sheet of this page: lines themselves need no change for them.</summary>
internal static partial class PrefixStyle
{
    public static string ColorOf(ProcessInfo process) =>
        string.Create(CultureInfo.InvariantCulture, $"var(--a{ProcessColors.ForPosition(process.ColorIndex)})");

    public static string ColorsOf(IReadOnlyList<ProcessInfo> processes)
    {
        var css = new StringBuilder();
        foreach (var process in processes)
            if (SafeName().IsMatch(process.Name)) // another program may have written the table: nothing else gets into a style sheet
                css.Append(".line[data-p=\"").Append(process.Name).Append("\"]{--c:").Append(ColorOf(process)).Append('}');
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
