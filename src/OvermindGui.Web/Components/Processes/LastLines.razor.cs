using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;

namespace OvermindGui.Web.Components.Processes;

/// <summary>The last lines of a process that ends again and again.</summary>
public sealed partial class LastLines(OvermindDatabase database)
{
    private const int Most = 5;

    private IReadOnlyList<OutputLine> _lines = [];
    private ProcessInfo? _read;

    [Parameter, EditorRequired] public required ProcessInfo Process { get; set; }

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
