using MudBlazor;
using OvermindGui.Core.Output;
using OvermindGui.Web.Components.Menus;

namespace OvermindGui.Web.Components.Log;

/// <summary>Stars lines from their menu: adds a star with a note, changes the note, removes the star.</summary>
public sealed class StarMenu(Bookmarks stars, IDialogService dialogs, ISnackbar snackbar)
{
    /// <summary>The entries for a line.</summary>
    /// <param name="text">Reads its text.</param>
    public async Task<IReadOnlyList<MenuEntry>> EntriesAsync(long line, Func<Task<string>> text) => await Task.Run(() => stars.NoteOf(line)) is { } note
        ?
        [
            new("Edit the star's note…", "star", async () => await AskAsync(line, await text(), note)) { Icon = Icons.Material.Filled.Star },
            new("Remove the star", "unstar", () => RemoveAsync(line)) { Icon = Icons.Material.Outlined.StarBorder },
        ]
        : [new("Star this line…", "star", async () => await AskAsync(line, await text(), null)) { Icon = Icons.Material.Filled.StarBorder }];

    /// <summary>Asks for a note and stars the line.</summary>
    /// <param name="note">Its note so far; null where it has no star.</param>
    public async Task AskAsync(long line, string text, string? note)
    {
        var dialog = await dialogs.ShowAsync<StarDialog>(
            note is null ? "Star this line" : "Note of the starred line", new DialogParameters<StarDialog> { { d => d.Text, text }, { d => d.Note, note ?? "" } }, StarDialog.Options);
        if (await dialog.Result is not { Canceled: false, Data: string typed }) return;
        if (await Task.Run(() => stars.Add(line, typed)) is { } problem) snackbar.Add(problem, Severity.Warning);
        else Say(note is null ? "Starred; the menu ⋮ lists starred lines" : "Note kept");
    }

    private async Task RemoveAsync(long line)
    {
        await Task.Run(() => stars.Remove(line));
        Say("Star removed");
    }

    private void Say(string text) => snackbar.Add(text, Severity.Success, options => options.VisibleStateDuration = 1_500);
}
