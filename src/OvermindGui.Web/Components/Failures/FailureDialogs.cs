using MudBlazor;

namespace OvermindGui.Web.Components.Failures;

/// <summary>Opens the dialogs about failures; each call is over when its dialog is closed.</summary>
public sealed class FailureDialogs(IDialogService dialogs)
{
    private static readonly DialogOptions Options = new()
    {
        CloseOnEscapeKey = true,
        MaxWidth = MaxWidth.Small,
        FullWidth = true,
    };

    /// <param name="processes">Whom a declaration may be about.</param>
    public async Task AddAsync(string process, string pattern, IReadOnlyList<string> processes)
    {
        var parameters = new DialogParameters<AddFailureDialog> { { d => d.Process, process }, { d => d.Pattern, pattern }, { d => d.Processes, processes } };
        await (await dialogs.ShowAsync<AddFailureDialog>("Add a failure declaration", parameters, Options)).Result;
    }

    /// <inheritdoc cref="AddAsync"/>
    public async Task ShowAsync(string process, IReadOnlyList<string> processes)
    {
        var parameters = new DialogParameters<FailurePanel> { { p => p.Process, process }, { p => p.Processes, processes } };
        await (await dialogs.ShowAsync<FailurePanel>($"Failure declarations of {process}", parameters, Options)).Result;
    }
}
