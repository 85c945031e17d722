using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Processes;

/// <summary>A number of instances for each entry of the Procfile.</summary>
public sealed partial class ScaleDialog(PlanReader plans, CommandClient commands, ISnackbar snackbar)
{
    // More of one are asked for by command, not by clicks.
    private const int Most = 10;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, int> _before = [];
    private Dictionary<string, int> _counts = [];
    private int _most = Most;
    private bool _working;
    private string? _failure;

    /// <summary>How it opens.</summary>
    public static DialogOptions Options { get; } = new() { CloseOnEscapeKey = true, FullWidth = true, MaxWidth = MaxWidth.Small };

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    private Dictionary<string, int> Changed => _counts.Where(c => _before[c.Key] != c.Value).ToDictionary();

    protected override void OnInitialized()
    {
        var plan = plans.Read();
        _most = Math.Min(Most, plan.Settings.Ports.MaxInstances);
        foreach (var entry in plan.Processes.Select(p => p.Entry).Distinct()) _before[entry] = plan.Settings.Formation.CountOf(entry);
        _counts = new Dictionary<string, int>(_before);
    }

    private string ChangeText(string entry) => (_counts[entry] - _before[entry]) switch
    {
        0 => "",
        > 0 and var more => $"starts {more}",
        var less => $"stops {-less}",
    };

    private void Set(string entry, int count) => _counts[entry] = Math.Clamp(count, 0, _most);

    private async Task ApplyAsync()
    {
        (_working, _failure) = (true, null);
        var formation = string.Join(',', Changed.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Key}={c.Value}")));
        // Not bound to the dialog: closing it does not cancel the request.
        var outcome = await commands.SendAsync(CommandKind.Scale, formation, Timeout, CancellationToken.None);
        _working = false;
        if (outcome.Succeeded)
        {
            snackbar.Add(outcome.Message, Severity.Success, options => options.VisibleStateDuration = 2_500);
            Dialog.Close();
        }
        else
        {
            _failure = outcome.Message;
        }
    }
}
