using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace OvermindGui.Web.Components.Log;

/// <summary>The two fields that ask for text: one leaves lines out, one goes from hit to hit.</summary>
public sealed partial class OutputTools(IJSRuntime script) : IAsyncDisposable
{
    private const string Cross = "M6.400 5 5 6.400 10.600 12 5 17.600 6.400 19l5.600-5.600 5.600 5.600 1.400-1.400-5.600-5.600L19 6.400 17.600 5 12 10.600z";

    private ElementReference _tools;
    private IJSObjectReference? _module;
    private IJSObjectReference? _keys;

    [Parameter, EditorRequired] public required LogSearch Search { get; set; }

    [Parameter] public string Filter { get; set; } = "";

    [Parameter] public EventCallback<string> FilterChanged { get; set; }

    [Parameter] public string SearchText { get; set; } = "";

    [Parameter] public EventCallback<string> SearchTextChanged { get; set; }

    /// <summary>What was typed shall count at once.</summary>
    [Parameter] public EventCallback Hurry { get; set; }

    protected override void OnInitialized() => Search.Changed += OnSearchChanged;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _module = await script.InvokeAsync<IJSObjectReference>("import", "./_content/OvermindGui.Web/Components/Output/OutputTools.razor.js");
        _keys = await _module.InvokeAsync<IJSObjectReference>("attach", _tools);
    }

    public async ValueTask DisposeAsync()
    {
        Search.Changed -= OnSearchChanged;
        try
        {
            if (_keys is not null)
            {
                await _keys.InvokeVoidAsync("detach");
                await _keys.DisposeAsync();
            }

            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its script with it.
        }
    }

    private void OnSearchChanged() => InvokeAsync(StateHasChanged);

    private Task KeyAsync(KeyboardEventArgs e) => e switch
    {
        { Key: not "Enter" } => Task.CompletedTask,
        _ when SearchText != Search.Text => Hurry.InvokeAsync(),
        _ => Search.StepAsync(older: !e.ShiftKey),
    };
}
