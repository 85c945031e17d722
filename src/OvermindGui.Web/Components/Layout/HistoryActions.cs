using MudBlazor;
using OvermindGui.Core.Output;

namespace OvermindGui.Web.Components.Layout;

/// <summary>Where the palette leads in the history: sessions of the project, and its last crash.</summary>
internal static class HistoryActions
{
    public static IEnumerable<PageAction> Of(RunHistory history, PaletteTargets targets)
    {
        foreach (var (session, name) in history.Sessions(2).Zip(["this", "previous"]))
            yield return new PageAction($"Show only the {name} session", $"session-{name}", () => targets.ShowSessionAsync(session)) { Icon = Icons.Material.Outlined.History };
        if (history.LastCrash(null) is not { } crash) yield break;
        yield return new PageAction($"Go to the last crash ({crash.Process})", "last-crash", () => GoToAsync(history, crash, targets)) { Icon = Icons.Material.Outlined.ReportGmailerrorred };
        yield return new PageAction($"30 s before the last crash ({crash.Process})", "before-crash", () => targets.ShowBeforeAsync(crash)) { Icon = Icons.Material.Outlined.ReportGmailerrorred };
    }

    private static async Task GoToAsync(RunHistory history, RunInfo crash, PaletteTargets targets)
    {
        if (await Task.Run(() => history.LastLineOf(crash)) is { } line) await targets.ShowLineAsync((crash.Process, line));
        else await targets.ShowRunAsync(crash);
    }
}
