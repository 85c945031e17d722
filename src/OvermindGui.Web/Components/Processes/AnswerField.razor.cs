using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;
using Microsoft.JSInterop;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Components.Scripts;
using OvermindGui.Web.Configuration;

namespace OvermindGui.Web.Components.Processes;

/// <summary>A line to answer a process that waits for input; Enter follows it. The browser posts it to the API, with the API's checks.</summary>
public sealed partial class AnswerField(OvermindDatabase database, IJSRuntime runtime, WebServerOptions options) : IAsyncDisposable
{
    private readonly ElementScript _script = new(runtime, "Components/Processes/AnswerField.razor.js");
    private ElementReference _form;
    private ProcessInfo? _read;
    private string? _question;
    private string? _problem;
    private bool _isSending;
    private bool _isPassword;

    /// <summary>The process that waits.</summary>
    [Parameter, EditorRequired] public required ProcessInfo Process { get; set; }

    /// <summary>The answer was taken.</summary>
    [Parameter] public EventCallback OnSent { get; set; }

    /// <summary>Its terminal is asked for.</summary>
    [Parameter] public EventCallback OnTerminal { get; set; }

    private WebServerOptions Options => options;

    private string Label => _isPassword ? $"Password for {Process.Name}" : $"Answer to {Process.Name}";

    protected override void OnParametersSet()
    {
        _isPassword |= Process.WaitingForInput == InputWait.Password; // a field in which a password may stand stays one
        var wanted = Process with { LineCount = 0 };
        if (_read == wanted) return;
        try
        {
            _question = LastOutput.Newest(database, Process.Name)?.Content.Text;
            _read = wanted;
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            // what was read last stays, until the next change
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && !options.Access.NoInput) await _script.AttachAsync(_form, Process.Name);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _script.DisposeAsync();

    private async Task SendAsync()
    {
        if (_isSending) return;
        _isSending = true;
        try
        {
            _problem = await _script.AskAsync<string>("send");
        }
        finally
        {
            _isSending = false;
        }

        if (_problem is null) await OnSent.InvokeAsync();
    }
}
