using Microsoft.Data.Sqlite;
using OvermindGui.Core.Control;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Components.Log;

namespace OvermindGui.Web.Components.Processes;

/// <summary>What a browser hides that comes for the first time: the project's default, which scripts choose through the API.</summary>
internal sealed class NewBrowserSelection(OvermindDatabase database)
{
    private readonly ProcessSelection _selection = new(database);

    /// <summary>As it would stand in the address; null for nothing.</summary>
    public string? Deselected()
    {
        try
        {
            return database.IsReady() ? PaneState.TextOf(_selection.Deselected()) : null;
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            return null; // the page comes all the same
        }
    }
}
