using Microsoft.Data.Sqlite;
using MudBlazor;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;

namespace OvermindGui.Web.Components.Log;

/// <summary>Clears output and offers an undo for a limited time. One instance per open page.</summary>
public sealed class ClearWithUndo(OutputClearing clearing, ISnackbar snackbar, TimeProvider time)
{
    private Snackbar? _offer;

    /// <param name="process">A process name, or null for all.</param>
    public async Task ClearAsync(string? process)
    {
        var whose = process is null ? "all processes" : process;
        if (await TryAsync(() => clearing.Clear(process)) is not { } outcome) return;
        TakeOfferAway(); // only the last clearing can be taken back
        if (outcome.UndoUntil is not { } until)
        {
            snackbar.Add($"There is no output of {whose} to clear", Severity.Info, options => options.VisibleStateDuration = 2_500);
            return;
        }

        _offer = snackbar.Add($"Output of {whose} cleared", Severity.Normal, options =>
        {
            options.HideIcon = true;
            options.Action = "Undo";
            options.ActionColor = Color.Info;
            options.OnClick = _ => UndoAsync();
            options.VisibleStateDuration = (int)(until - time.GetUtcNow()).TotalMilliseconds;
        });
    }

    private async Task UndoAsync()
    {
        _offer = null;
        if (await TryAsync(() => new Undone(clearing.Undo())) is not { } undone) return;
        if (undone.Processes is null) snackbar.Add("Too late: the output is deleted", Severity.Warning);
        else snackbar.Add("The output is back", Severity.Success, options => options.VisibleStateDuration = 2_500);
    }

    private void TakeOfferAway()
    {
        if (_offer is not null) snackbar.Remove(_offer);
        _offer = null;
    }

    private async Task<T?> TryAsync<T>(Func<T> act)
        where T : class
    {
        try
        {
            return await Task.Run(act);
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            snackbar.Add($"The database cannot be written now: {e.Message}", Severity.Error);
            return null;
        }
    }

    private sealed record Undone(IReadOnlyList<string>? Processes);
}
