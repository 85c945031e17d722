using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OvermindGui.Core.Contracts;
using OvermindGui.Web.Components.Scripts;

namespace OvermindGui.Web.Components.Log;

/// <summary>A log in the browser: what its script is asked to do. Before it is attached, nothing happens.</summary>
internal sealed class LogScript(IJSRuntime runtime) : IAsyncDisposable
{
    private readonly ElementScript _script = new(runtime, "Components/Log/LogView.razor.js");

    /// <summary>Whether there is a log.</summary>
    public bool IsAttached => _script.IsAttached;

    /// <summary>Loads the script.</summary>
    public Task AttachAsync(ElementReference log, DotNetObjectReference<LogView> view) => _script.AttachAsync(log, view);

    /// <summary>Keeps the end in view, or leaves everything where it is.</summary>
    /// <param name="known">The last change of the reader that is taken into account; the script leaves everything as it is when a later one is on its way.</param>
    public Task FollowAsync(bool following, int known) => _script.CallAsync("follow", following, known);

    /// <summary>How lines are shown.</summary>
    public Task ShowAsAsync(ViewOptions options, bool folds) => _script.CallAsync("options", new
    {
        form = options.Time.ToString().ToLowerInvariant(),
        utc = options.Utc,
        folds,
    });

    /// <summary>The line in the middle; null while the end is followed.</summary>
    public Task<LogAnchor?> AnchorAsync() => _script.AskAsync<LogAnchor>("anchor");

    /// <summary>The last line in view; null while the end is followed.</summary>
    public Task<long?> PlaceAsync() => _script.AskAsync<long?>("place");

    /// <summary>A line is to stand at a height.</summary>
    public Task PutAsync(LogAnchor anchor) => _script.CallAsync("put", anchor.Id, anchor.Top);

    /// <summary>Lines from a time on are to stand in the middle.</summary>
    public Task ArriveAsync(long id) => _script.CallAsync("arrive", id);

    /// <summary>Brings a line into view.</summary>
    public Task ShowAsync(long id) => _script.CallAsync("show", id);

    /// <summary>Unfolds a line that is in view already; false when it is not.</summary>
    public async Task<bool> RevealAsync(long id)
    {
        if (!await _script.AskAsync<bool>("sees", id)) return false;
        await _script.CallAsync("reveal", id);
        return true;
    }

    /// <summary>Marks the line that an address leads to; null for none.</summary>
    public Task TargetAsync(long? id) => _script.CallAsync("target", id);

    /// <summary>Marks what is looked for, and the current hit.</summary>
    public Task MarkAsync(TextMatch? match, long? current) => _script.CallAsync("mark", new
    {
        text = match?.Text ?? "",
        regex = match?.IsRegex ?? false,
        matchCase = match?.MatchCase ?? false,
        wholeWord = match?.WholeWord ?? false,
    }, current);

    /// <summary>Copies what is selected.</summary>
    /// <param name="detailed">Each line with its time and process.</param>
    public Task<bool> CopySelectedAsync(bool detailed) => _script.AskAsync<bool>("copySelected", detailed);

    /// <summary>The height of the line whose menu is open.</summary>
    public Task<double?> MenuTopAsync() => _script.AskAsync<double?>("menuTop");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _script.DisposeAsync();
}
