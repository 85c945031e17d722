using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;
using MudBlazor;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Failures;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Components.Frames;

namespace OvermindGui.Web.Components.Failures;

/// <summary>The failure declarations of a process, to be changed and removed, and the lines that they matched.</summary>
public sealed partial class FailurePanel(DeclarationEditor desk, FailureHistory history, FailureDialogs dialogs, TimeProvider time) : IDisposable
{
    private const int MostHits = 20;
    private const string KindText = "text";
    private const string KindRegex = "regex";

    // Other programs change the file too, and new hits arrive at any time.
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(2);

    private readonly PeriodicRefresh _refresh = new(RefreshInterval, time);
    private DeclarationsReading _reading = DeclarationsReading.Empty;
    private IReadOnlyList<FailureHitInfo> _hits = [];
    private bool _isRead; // until the first read, "none" is not shown
    private bool _working;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    [Parameter, EditorRequired] public required string Process { get; set; }

    /// <summary>The other processes that a new declaration may apply to.</summary>
    [Parameter] public IReadOnlyList<string> Processes { get; set; } = [];

    private IReadOnlyList<FailureDeclaration> Declarations => _reading.For(Process);

    protected override Task OnInitializedAsync() => _refresh.RunAsync(RefreshAsync, StateHasChanged);

    /// <inheritdoc/>
    public void Dispose() => _refresh.Dispose();

    private async Task RefreshAsync()
    {
        try
        {
            (_reading, _hits) = await Task.Run(() => (desk.Read(), history.Newest(Process, MostHits)), _refresh.Gone);
            _isRead = true;
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            // what was read last stays; the next look is near
        }
    }

    private Task ChangeAsync(FailureDeclaration former, FailureAction? action, bool isRegex) =>
        WorkAsync(() => desk.ReplaceAsync(Process, former, new FailureDeclaration(former.Pattern, action, isRegex)));

    private Task RemoveAsync(FailureDeclaration declaration) => WorkAsync(() => desk.RemoveAsync(Process, declaration));

    private Task AddAsync() => WorkAsync(() => dialogs.AddAsync(Process, "", Processes));

    private async Task WorkAsync(Func<Task> work)
    {
        _working = true;
        await work();
        await RefreshAsync();
        _working = false;
    }
}
