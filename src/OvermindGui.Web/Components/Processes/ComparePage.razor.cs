using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Application;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Components.Log;

namespace OvermindGui.Web.Components.Processes;

/// <summary>Compares two runs of a process: which lines only one of them has, in the order of the time since their starts.</summary>
public sealed partial class ComparePage(CompareQuery comparison, RunHistory runs, LineAddress links, NavigationManager navigation, ProjectFolder folder)
{
    private const int MostRuns = 200;
    private const int PageSize = 2_000; // rows
    private const int Context = 3; // equal lines around a difference

    private readonly HashSet<int> _open = [];
    private IReadOnlyList<RunInfo> _runs = [];
    private ComparisonReport? _report;
    private IReadOnlyList<Part> _parts = [];
    private (string, long?, long?)? _read;
    private string? _problem = "Reading…";
    private int _shown = PageSize;
    private bool _all;

    /// <summary>The process.</summary>
    [Parameter] public required string Name { get; set; }

    /// <summary>The id of a run; null for the one before the other.</summary>
    [SupplyParameterFromQuery(Name = CompareAddress.Left)] public long? LeftRun { get; set; }

    /// <summary>The id of a run; null for the newest.</summary>
    [SupplyParameterFromQuery(Name = CompareAddress.Right)] public long? RightRun { get; set; }

    private NavigationManager Navigation => navigation;

    private ProjectFolder Folder => folder;

    private LineAddress Links => links;

    protected override async Task OnParametersSetAsync()
    {
        if (_read == (Name, LeftRun, RightRun)) return;
        _read = (Name, LeftRun, RightRun);
        try
        {
            _runs = await Task.Run(() => runs.Newest(Name, MostRuns));
            _report = await Task.Run(() => comparison.Read(new CompareRequest(Name, Text(LeftRun), Text(RightRun))));
            _problem = null;
        }
        catch (RequestException e)
        {
            (_report, _problem) = (null, e.Message);
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            (_report, _problem) = (null, $"The runs cannot be read now: {e.Message}");
        }

        _open.Clear();
        Divide();
    }

    private static string? Text(long? id) => id?.ToString(CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string After(ComparedLine line) => line.After.ToString("+0.000;-0.000", CultureInfo.InvariantCulture);

    private static string TextOf(RunInfo run)
    {
        var end = run switch { { EndedAt: null } => "running", { Exit: { } exit } => exit.ToShortText() is var text && exit.Signal is null ? $"exit {text}" : exit.ToShortText(), _ => "ended" };
        var lasted = run.EndedAt is { } ended ? $" · {UptimeFormatter.Of(ended - run.StartedAt)}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"#{run.Number} · {run.StartedAt.ToLocalTime():yyyy-MM-dd HH:mm:ss}{lasted} · {end}");
    }

    private static string CutText(ComparisonReport report)
    {
        var cut = new[] { report.Left, report.Right }.Where(run => run.Cut).Select(run => $"{Number(run.Lines)} lines of run #{run.Number.ToString(CultureInfo.InvariantCulture)}");
        return $"Only the first {string.Join(" and ", cut)} are compared.";
    }

    private Task ChooseAsync(string side, object? value)
    {
        if (_runs.FirstOrDefault(run => Text(run.Id) == value as string) is not { } chosen) return Task.CompletedTask;
        var (left, right) = (_report?.Left.Id ?? LeftRun, _report?.Right.Id ?? RightRun);
        navigation.NavigateTo(CompareAddress.Of(navigation.Uri, Name, side == "left" ? chosen.Id : left, side == "right" ? chosen.Id : right));
        return Task.CompletedTask;
    }

    private void ToggleAll()
    {
        _all = !_all;
        Divide();
    }

    private void Open(int from)
    {
        _open.Add(from);
        Divide();
    }

    // Rows, and between them stretches of equal ones that are not shown.
    private void Divide()
    {
        var parts = new List<Part>();
        var rows = _report?.Rows ?? [];
        for (var from = 0; from < rows.Count;)
        {
            var end = from;
            while (end < rows.Count && rows[end].Kind == "equal") end++;
            var (first, last) = (from == 0 ? 0 : from + Context, end == rows.Count ? end : end - Context);
            var skips = !_all && !_open.Contains(from) && last - first > 1;
            for (var i = from; i < end; i++)
            {
                if (!skips || i < first || i >= last) parts.Add(new Part(rows[i], i, 1));
                else if (i == first) parts.Add(new Part(null, from, last - first));
            }

            if (end < rows.Count) parts.Add(new Part(rows[end], end, 1));
            from = end + 1;
        }

        (_parts, _shown) = (parts, Math.Max(_shown, PageSize));
    }

    // A row, or equal ones that are not shown.
    private sealed record Part(ComparedRow? Row, int From, int Count);
}
