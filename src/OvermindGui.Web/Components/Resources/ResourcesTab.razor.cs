using System.Globalization;
using Microsoft.AspNetCore.Components;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Resources;
using OvermindGui.Web.Components.Frames;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Resources;

/// <summary>The resources of one process over time.</summary>
public sealed partial class ResourcesTab(TimeProvider time) : IDisposable
{
    private const int MostPoints = 300;
    private const int MostRows = 200;
    private const int MostBars = 120;
    private const int SliderEnd = 1000;
    private const string RunRange = "run";

    private static readonly (string Key, string Words, TimeSpan Span)[] Ranges =
    [
        (RunRange, "This run", TimeSpan.Zero), ("15m", "15 minutes", TimeSpan.FromMinutes(15)), ("1h", "1 hour", TimeSpan.FromHours(1)),
        ("24h", "24 hours", TimeSpan.FromDays(1)), ("7d", "7 days", TimeSpan.FromDays(7)), ("30d", "30 days", TimeSpan.FromDays(30)),
    ];

    private readonly Lifetime _lifetime = new();
    private string _range = RunRange;
    private IReadOnlyList<ResourcePoint> _points = [];
    private IReadOnlyList<ChartCurve> _curves = [];
    private IReadOnlyList<ChartMark> _marks = [];
    private TimelineReport? _timeline;
    private IDisposable? _watch;
    private string? _problem;
    private double? _cursor;
    private int _slider = SliderEnd;
    private bool _asTable;
    private bool _isRead;

    [Parameter, EditorRequired] public required IResourceSource Source { get; set; }

    /// <summary>When the process was started last; null when it was not.</summary>
    [Parameter] public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When it ended; null while it is up.</summary>
    [Parameter] public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The lines of a moment are to be shown, Unix milliseconds.</summary>
    [Parameter] public EventCallback<long> Jump { get; set; }

    private string CursorText => _cursor is { } at ? Clock(UnixTime.FromSeconds(at)) : "drag to jump";

    protected override Task OnInitializedAsync()
    {
        _watch = Source.Watch(() => InvokeAsync(ReadAsync));
        return ReadAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _watch?.Dispose();
        _lifetime.Dispose();
    }

    private static string Percent(double cpu) => string.Create(CultureInfo.InvariantCulture, $"{cpu:0.#} %");

    private string Clock(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, time.LocalTimeZone);
        var isToday = local.Date == time.GetLocalNow().Date;
        return local.ToString(isToday ? "HH:mm:ss" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    private Task ChooseAsync(string? range)
    {
        _range = range ?? RunRange;
        (_cursor, _slider) = (null, SliderEnd);
        return ReadAsync();
    }

    private async Task ReadAsync()
    {
        if (_lifetime.IsOver) return;
        var until = time.GetUtcNow();
        var span = Ranges.First(r => r.Key == _range).Span;
        var from = span > TimeSpan.Zero ? until - span : StartedAt ?? until - TimeSpan.FromHours(1);
        if (_range == RunRange && EndedAt is { } ended) until = ended + TimeSpan.FromSeconds(5);
        try
        {
            var (points, timeline) = await Source.ReadAsync(from, until, MostPoints, MostBars, _lifetime.Token);
            (_points, _timeline, _problem, _isRead) = (points, timeline, null, true);
            Draw(from.ToUnixSeconds(), until.ToUnixSeconds());
        }
        catch (UnreadableException e)
        {
            _problem = e.Message;
        }
        catch (OperationCanceledException) when (_lifetime.IsOver)
        {
            return; // closed
        }

        StateHasChanged();
    }

    private void Draw(double from, double until)
    {
        _curves =
        [
            Curve("CPU, of one core", Percent, p => p.Cpu, p => p.CpuPeak, isBytes: false, least: 10),
            Curve("Memory", ByteSize.Of, p => p.Memory, p => p.MemoryPeak, isBytes: true, least: 1 << 20),
            Curve("Disk, read and written per second", ByteSize.Of, p => p.DiskRead + p.DiskWritten, p => p.DiskRead + p.DiskWritten, isBytes: true, least: 1 << 20),
            Curve("Open files", value => value.ToString("0", CultureInfo.InvariantCulture), p => p.OpenFiles, p => p.OpenFiles, isBytes: false, least: 10),
        ];
        _marks = [.. (_timeline?.Marks ?? []).Select(MarkOf)];

        ChartCurve Curve(
            string label, Func<double, string> format, Func<ResourcePoint, double> value, Func<ResourcePoint, double> peak, bool isBytes, double least)
        {
            var top = TimeChart.RoundUp(Math.Max(least, _points.Count == 0 ? 0 : _points.Max(peak)), isBytes);
            return new ChartCurve(label, format, new TimeChart(from, until, top), Points(value), Points(peak));
        }

        IReadOnlyList<TimeChart.Point> Points(Func<ResourcePoint, double> value) =>
            [.. _points.Select(p => new TimeChart.Point(p.Time.ToUnixSeconds(), p.Span, value(p), p.Run))];
    }

    private ChartMark MarkOf(TimelineMark mark)
    {
        var at = Clock(UnixTime.FromSeconds(mark.Time / 1000.0));
        return mark switch
        {
            { Kind: TimelineMarkKind.Start } => new ChartMark(mark.Time / 1000.0, "start", $"Started at {at}"),
            { Line: not null } => new ChartMark(mark.Time / 1000.0, "failure", $"Failure at {at}"),
            _ => new ChartMark(mark.Time / 1000.0, mark.Exit is { IsSuccess: false } ? "failure" : "exit", $"{mark.Exit?.ToString() ?? "Ended"} at {at}"),
        };
    }

    private void Drag(ChangeEventArgs e)
    {
        _slider = int.TryParse(e.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : SliderEnd;
        _cursor = _curves[0].Axis.At((double)_slider / SliderEnd);
    }

    private async Task JumpAsync(ChangeEventArgs e)
    {
        Drag(e);
        await Jump.InvokeAsync((long)(_cursor!.Value * 1000));
    }
}
