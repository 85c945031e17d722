using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Web.Components.Frames;
using OvermindGui.Web.Configuration;

namespace OvermindGui.Web.Components.Status;

/// <summary>What has to be known before the output makes sense.</summary>
public sealed partial class StatusBanners : IDisposable
{
    private readonly Lifetime _lifetime = new();
    private bool _starting;
    private string? _failure;

    [Parameter, EditorRequired] public required SystemSnapshot Snapshot { get; set; }

    [Inject] private WebServerOptions Options { get; set; } = null!;

    [Inject] private ProjectFolder Folder { get; set; } = null!;

    // With a daemon the rest of the project runs: what does not keep it from that is a warning.
    private string ProblemsTitle
    {
        get
        {
            if (Snapshot.Processes.Count == 0) return "The Procfile cannot be used";
            var word = Snapshot.DaemonAlive ? "warning" : "problem";
            var files = Snapshot.ProcfileProblems.Select(FileOf).Distinct().ToList();
            var count = Snapshot.ProcfileProblems.Count == 1 ? char.ToUpperInvariant(word[0]) + word[1..] : $"{Snapshot.ProcfileProblems.Count} {word}s";
            return files is [{ } only] ? $"{count} in {only}" : count;
        }
    }

    private string ProblemsSummary => Snapshot.ProcfileProblems is [var only] ? only : $"{Snapshot.ProcfileProblems[0]} and {Snapshot.ProcfileProblems.Count - 1} more";

    // Null for what is in no file, such as an option.
    private static string? FileOf(string problem) => Place().Match(problem) is { Success: true } place ? place.Groups["file"].Value : null;

    [GeneratedRegex(@"^(\S+ \()?(?<file>(?!--)[^:()]+?)( line \d+(, column \d+)?)?\)?: ", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Place();

    public void Dispose()
    {
        _lifetime.Dispose();
    }

    private async Task StartAsync()
    {
        (_starting, _failure) = (true, null);
        try
        {
            _failure = await Options.DaemonLauncher!.StartAsync(Folder, _lifetime.Token);
        }
        catch (OperationCanceledException) when (_lifetime.IsOver)
        {
            // the page is gone; the daemon starts all the same
        }
        finally
        {
            _starting = false;
        }
    }
}
