using System.Globalization;

namespace OvermindGui.Web.Components.Log;

public sealed partial class LogView
{
    private bool AllHidden => Processes.Count > 0 && Processes.All(p => !Filter.Processes.Shows(p.Name));

    private string NewLinesText => _newLines switch
    {
        0 => "Back to the end",
        1 => "1 new line",
        _ => $"{Number(_newLines)} new lines",
    };

    /// <summary>What stands where no line is.</summary>
    private (string Title, string Detail) Nothing => this switch
    {
        { AllHidden: true } => ("All processes are hidden", "Show one in the process list to see its output."),
        { Filter.AsksForContent: true, NeedsOlder: true } => ("Looking for lines that match…", $"{Number(_olderFrom!.Value - 1)} older lines to go."),
        { Filter.AsksForContent: true } => ("No line matches the filter", "New lines that match appear here as they are printed."),
        { Filter.IsEverything: true } => ("Waiting for the first line…", "Output appears here as soon as a process prints something."),
        _ => ("No lines from the shown processes", "Hidden processes may have printed some."),
    };

    // Hidden ones are among them.
    private string TextOf(LogGap gap) => $"{(Filter.IsEverything ? "" : "up to ")}{Number(gap.LineCount)} lines not shown";

    private static string HeightOf(LogBlock block) => string.Create(CultureInfo.InvariantCulture, $"--n:{block.LineCount}");

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
