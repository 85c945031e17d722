using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;

namespace OvermindGui.Web.Components.Processes;

/// <summary>The last lines that a process printed before it ended: mostly the reason.</summary>
public sealed partial class LastLines(OvermindDatabase database)
{
    private IReadOnlyList<OutputLine> _lines = [];
    private ProcessInfo? _read;

    [Parameter, EditorRequired] public required ProcessInfo Process { get; set; }

    /// <summary>How many lines at most.</summary>
    [Parameter] public int Most { get; set; } = 5;

    protected override void OnParametersSet()
    {
        var wanted = Process with { LineCount = 0 }; // it may have ended, with more lines
        if (_read == wanted) return;
        try
        {
            _lines = LastOutput.Of(database, Process.Name, Most);
            _read = wanted;
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            // what was read last stays, until the next change
        }
    }
}
