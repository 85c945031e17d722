using System.Globalization;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;

namespace OvermindGui.EndToEnd.Support;

/// <summary>The PID of the overmind that a folder's daemon runs.</summary>
internal static class OvermindPid
{
    private const string Beginning = "overmind started with PID ";

    /// <summary>As the daemon's own log has it.</summary>
    public static int Of(ProjectFolder folder)
    {
        using var context = OvermindDatabase.In(folder).CreateDbContext();
        var text = context.Lines.Where(l => l.Text.StartsWith(Beginning)).OrderBy(l => l.Id).Last().Text;
        return int.Parse(text[Beginning.Length..], CultureInfo.InvariantCulture);
    }
}
