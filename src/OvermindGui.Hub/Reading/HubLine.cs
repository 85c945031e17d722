using System.Globalization;
using OvermindGui.Core.Output;

namespace OvermindGui.Hub.Reading;

/// <summary>A line of some project.</summary>
/// <param name="Line">As its own project shows it; its id is of that project.</param>
public sealed record HubLine(string Host, string Project, int ProjectId, OutputLine Line)
{
    /// <summary>Its place among the lines of all projects.</summary>
    public HubPosition Position => new(Line.Time, ProjectId, Line.Id);
}

/// <summary>A place among the lines of all projects, which are in the order of their times.</summary>
public readonly record struct HubPosition(long Time, int Project, long Id)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Time}.{Project}.{Id}");

    /// <summary>The reverse of <see cref="ToString"/>; null for anything else.</summary>
    public static HubPosition? Parse(string text) =>
        text.Split('.') is [var time, var project, var id]
        && long.TryParse(time, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds)
        && int.TryParse(project, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var line)
            ? new HubPosition(milliseconds, number, line)
            : null;
}

/// <summary>A page of lines, oldest first.</summary>
/// <param name="Before">Where the next older page begins; null when there is none.</param>
/// <param name="IsComplete">False when the time for one answer was over before all was looked through.</param>
public sealed record HubLinePage(IReadOnlyList<HubLine> Lines, HubPosition? Before, bool IsComplete);

/// <summary>Lines that follow a place, oldest first.</summary>
/// <param name="Next">Where the next page begins; null when there is none.</param>
public sealed record HubLinesAfter(IReadOnlyList<HubLine> Lines, HubPosition? Next);

/// <summary>New lines, in the order of their times.</summary>
/// <param name="Next">Where the next answer begins.</param>
public sealed record HubTail(IReadOnlyList<HubLine> Lines, HubCursors Next);
