using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace OvermindGui.Web.Components.Layout;

/// <summary>One field for everything: what it finds is done by Enter; its last entry searches the output for what was typed.</summary>
public sealed partial class CommandPalette
{
    private const int Most = 12;

    private ElementReference _input;
    private ElementReference _list;
    private List<PageAction> _found = [];
    private string _typed = "";
    private int _at;

    /// <summary>How it opens: at the top, without a title.</summary>
    public static DialogOptions Options { get; } = new()
    {
        NoHeader = true,
        CloseOnEscapeKey = true,
        FullWidth = true,
        MaxWidth = MaxWidth.Small,
        Position = DialogPosition.TopCenter,
        BackdropClick = true,
    };

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>What can be chosen, the likeliest first.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<PageAction> Items { get; set; }

    /// <summary>The search for what was typed.</summary>
    [Parameter] public Func<string, Task>? Search { get; set; }

    /// <summary>What leads to a time that was typed.</summary>
    [Parameter] public Func<string, Task<PageAction?>>? MomentAsync { get; set; }

    private PageAction? Current => _at < _found.Count ? _found[_at] : null;

    protected override void OnInitialized() => Narrow();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender) await _input.FocusAsync();
    }

    private void Narrow()
    {
        var typed = _typed.Trim();
        _at = 0;
        _found =
        [
            .. typed.Length == 0
                ? Items.Take(Most)
                : Items.Select(item => (Item: item, Score: FuzzyMatch.Score(typed, item.Text))).Where(m => m.Score is not null)
                    .OrderByDescending(m => m.Score).Select(m => m.Item).Take(Most),
        ];
        if (typed.Length > 0 && Search is { } search)
            _found.Add(new PageAction($"Search output for “{typed}”", "search", () => search(typed)) { Icon = Icons.Material.Filled.ManageSearch, Keys = _found.Count == 0 ? "Enter" : null });
    }

    private async Task NarrowAsync()
    {
        Narrow();
        var typed = _typed.Trim();
        if (typed.Length == 0 || MomentAsync is not { } find || await find(typed) is not { } moment || typed != _typed.Trim()) return;
        _found.Insert(0, moment);
    }

    private Task KeyAsync(KeyboardEventArgs e)
    {
        if (_found.Count == 0) return Task.CompletedTask;
        switch (e.Key)
        {
            case "ArrowDown": _at = (_at + 1) % _found.Count; break;
            case "ArrowUp": _at = (_at + _found.Count - 1) % _found.Count; break;
            case "Enter" when Current is { } item: return RunAsync(item);
        }

        return Task.CompletedTask;
    }

    private Task RunAsync(PageAction item)
    {
        if (item.IsDisabled) return Task.CompletedTask;
        Dialog.Close();
        return item.RunAsync();
    }
}
