using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;
using MudBlazor;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Failures;
using OvermindGui.Core.Storage;

namespace OvermindGui.Web.Components.Failures;

/// <summary>Asks for a failure declaration, and previews its matches in the stored output.</summary>
public sealed partial class AddFailureDialog(DeclarationEditor desk, FailurePreview preview, TimeProvider time) : IDisposable
{
    private const int Examples = 5;

    // One line in so many is often.
    private const int Often = 20;

    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(250);

    private CancellationTokenSource _previewing = new();
    private FailurePreviewResult? _preview;
    private string? _unreadable;
    private string _process = "";
    private string _pattern = "";
    private string _action = "";
    private bool _isRegex;
    private bool _isTouched;
    private bool _adding;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>Of whom, and the text to begin with.</summary>
    [Parameter, EditorRequired] public required string Process { get; set; }

    [Parameter] public string Pattern { get; set; } = "";

    /// <summary>Whom else it may be about.</summary>
    [Parameter] public IReadOnlyList<string> Processes { get; set; } = [];

    private IEnumerable<string> Names => Processes.Contains(Process) ? Processes : Processes.Prepend(Process);

    private FailureDeclaration Declaration => new(_pattern, FailureActions.Parse(_action), _isRegex);

    private string? Problem => Declaration.FindProblem();

    // An empty field is no mistake before anything was typed.
    private string? ShownProblem => _isTouched || _pattern.Length > 0 ? Problem : null;

    private Dictionary<string, object?> PatternAttributes { get; } = new()
    {
        ["data-testid"] = "failure-pattern",
        ["autocomplete"] = "off",
        ["spellcheck"] = "false",
    };

    private string Consequence => ActionFormatter.Consequence(FailureActions.Parse(_action), _process);

    private bool IsFrequent => _preview is { Matches: >= Often } && _preview.Matches * Often > _preview.Looked && _action != FailureAction.Notify.ToText();

    private string PreviewText => (Problem, _preview) switch
    {
        (not null, _) => "Lines that would have matched are shown here.",
        _ when _unreadable is { } why => $"The stored output cannot be read now ({why}), so there is no preview. You can add the declaration all the same.",
        (_, null) => "Looking through the stored output…",
        (_, { Matches: 0, StoppedBecause: null, Looked: var looked }) => $"None of {Quantity.Of(looked, "stored line", "stored lines")} would have matched.",
        (_, { StoppedBecause: null } all) => $"{Number(all.Matches)} of {Quantity.Of(all.Looked, "stored line", "stored lines")} would have matched. The newest:",
        (_, var some) => $"{Number(some.Matches)} of the newest {Number(some.Looked)} lines would have matched ({some.StoppedBecause}).",
    };

    protected override Task OnInitializedAsync()
    {
        (_process, _pattern) = (Process, Pattern.Trim());
        return PreviewAsync();
    }

    public void Dispose()
    {
        _previewing.Cancel();
        _previewing.Dispose();
    }

    private Task TypeAsync(string? pattern)
    {
        (_pattern, _isTouched) = (pattern ?? "", true);
        return PreviewAsync();
    }

    private Task ChooseProcessAsync(string? process)
    {
        _process = process ?? Process;
        return PreviewAsync();
    }

    private Task ChooseKindAsync(bool isRegex)
    {
        _isRegex = isRegex;
        return PreviewAsync();
    }

    private async Task PreviewAsync()
    {
        await _previewing.CancelAsync();
        _previewing.Dispose();
        _previewing = new CancellationTokenSource();
        (_preview, _unreadable) = (null, null);
        if (Problem is not null) return;
        var stop = _previewing.Token;
        try
        {
            await Task.Delay(Settling, time, stop);
            var (process, declaration) = (_process, Declaration);
            var result = await Task.Run(() => preview.Run(process, declaration, FailurePreview.Limit, stop), stop);
            if (!stop.IsCancellationRequested) _preview = result;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // another declaration, or none
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            // The declaration goes to a file: that works without the database.
            if (!stop.IsCancellationRequested) _unreadable = e.Message;
        }
    }

    private async Task AddAsync()
    {
        if (_adding || Problem is not null) return;
        _adding = true;
        if (await desk.AddAsync(_process, Declaration)) Dialog.Close();
        _adding = false;
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
