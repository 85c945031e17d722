using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OvermindGui.Web.Components.Scripts;

namespace OvermindGui.Web.Components.Terminals;

/// <summary>The terminal of one process beside the log.</summary>
public sealed partial class TerminalPanel(IJSRuntime runtime) : IAsyncDisposable
{
    private readonly ElementScript _script = new(runtime, "Components/Terminals/TerminalPanel.razor.js");
    private ElementReference _body;

    /// <summary>Of which process.</summary>
    [Parameter, EditorRequired] public required string Name { get; set; }

    /// <summary>The panel is to be closed.</summary>
    [Parameter] public EventCallback Close { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender) await _script.AttachAsync(_body, Name);
    }

    // Its content is its script's.
    protected override bool ShouldRender() => false;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _script.DisposeAsync();
}
