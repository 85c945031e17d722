using Microsoft.AspNetCore.Components;
using MudBlazor;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Web.Components.Status;

/// <summary>Says what applying the changed files does to each process, and asks for which of them.</summary>
public sealed partial class ApplyChangesDialog(TimeProvider time)
{
    private HashSet<PendingChange> _chosen = [];

    /// <summary>How it opens.</summary>
    public static DialogOptions Options { get; } = new() { CloseOnEscapeKey = true, FullWidth = true, MaxWidth = MaxWidth.Small };

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>All that could be applied.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<PendingChange> Changes { get; set; }

    /// <summary>What runs now.</summary>
    [Parameter] public IReadOnlyList<ProcessInfo> Processes { get; set; } = [];

    private string Summary => _chosen.Count == 0 ? "Nothing is chosen." : $"{Capital(PendingChange.Summary([.. Changes.Where(_chosen.Contains)]))}.";

    protected override void OnInitialized() => _chosen = [.. Changes];

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private void Choose(PendingChange change, bool chosen) => _ = chosen ? _chosen.Add(change) : _chosen.Remove(change);

    // What it would interrupt.
    private string? Detail(PendingChange change) =>
        change.Interrupts(Processes) && Processes.First(p => p.Name == change.Process).StartedAt is { } started
            ? $"running for {UptimeFormatter.Of(time.GetUtcNow() - started)}"
            : null;

    private void Apply() => Dialog.Close(DialogResult.Ok<IReadOnlyList<PendingChange>>([.. Changes.Where(_chosen.Contains)]));
}
