using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Failures;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Output;
using OvermindGui.Core.Terminal;
using OvermindGui.Hub.Connecting;
using OvermindGui.Hub.Model;
using OvermindGui.Hub.Reading;
using OvermindGui.Web.Components.Frames;
using OvermindGui.Web.Components.Layout;
using OvermindGui.Web.Components.Scripts;

namespace OvermindGui.Web.HubView;

/// <summary>The page over a hub: machines with their projects and processes, and the output of what is chosen. Its address holds its state.</summary>
public sealed partial class HubPage : IAsyncDisposable
{
    private const int PageLines = 300;
    private const int LinesBefore = 100; // those shown above a place
    private const int MostLines = 2_000;
    private const int MostNew = 1_000; // at once
    private static readonly TimeSpan HostsInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan BeforeCrash = TimeSpan.FromSeconds(30);

    private readonly Lifetime _lifetime = new();
    private IReadOnlyList<HubHost> _hosts = [];
    private List<ShownLine> _lines = [];
    private HubPageState _state = HubPageState.Empty;
    private HubLineFilter _filter = new();
    private HubPosition? _older;
    private HubPosition? _newer; // the next page below a place of the history
    private HubPosition? _anchor; // the line that a place leads to
    private HubCursors? _next; // null while lines are not followed
    private bool _isComplete = true;
    private bool _isRead;
    private bool _showsTree; // on a narrow screen
    private string? _problem;
    private TimeSpan _zone; // of the browser, against UTC
    private ElementReference _log;
    private ElementScript? _script;
    private DotNetObjectReference<HubPage>? _self;
    private int _shown; // counts what was asked for, so that an answer to an earlier question is dropped

    [Inject] private HubDatabase Hub { get; set; } = null!;

    [Inject] private HubCatalog Catalog { get; set; } = null!;

    [Inject] private HubLog Log { get; set; } = null!;

    [Inject] private HubChanges Changes { get; set; } = null!;

    [Inject] private HubSources Sources { get; set; } = null!;

    [Inject] private PageTheme Theme { get; set; } = null!;

    [Inject] private NavigationManager Address { get; set; } = null!;

    [Inject] private IJSRuntime Runtime { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    private string Summary
    {
        get
        {
            var projects = _hosts.SelectMany(host => host.Projects).ToList();
            var failed = projects.SelectMany(p => p.Processes).Count(p => p.State is "dead" or "broken" or "crash-loop");
            var away = projects.Count(p => !p.Alive);
            return string.Join(" · ", new[]
            {
                Quantity.Of(_hosts.Count, "machine", "machines"), Quantity.Of(projects.Count, "project", "projects"),
                failed > 0 ? $"{failed} failed" : null, away > 0 ? $"{away} without a daemon" : null,
            }.OfType<string>());
        }
    }

    private DateTimeOffset? StartedAt => _hosts.SelectMany(host => host.Projects).FirstOrDefault(p => p.Id == _state.Choice.Project)?.Processes
        .FirstOrDefault(p => p.Name == _state.Choice.Process)?.StartedAt is { } started ? UnixTime.FromSeconds(started) : null;

    protected override void OnInitialized()
    {
        _state = HubPageState.Parse(System.Web.HttpUtility.ParseQueryString(new Uri(Address.Uri).Query));
        _filter = _state.FilterAt(Time.GetUtcNow());
        Theme.Changed += OnThemeChanged;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        await Theme.AttachAsync();
        _script = new ElementScript(Runtime, "HubView/HubPage.razor.js");
        _self = DotNetObjectReference.Create(this);
        await _script.AttachAsync(_log, _self);
        _zone = TimeSpan.FromMinutes(await _script.AskAsync<int>("zone"));
        await ReadAsync();
        _ = FollowHostsAsync();
        _ = FollowLinesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Theme.Changed -= OnThemeChanged;
        _lifetime.Dispose();
        if (_script is not null) await _script.DisposeAsync();
        _self?.Dispose();
    }

    /// <summary>Called by the script for a click on a line's time: a handler for each line would be compared and sent again whenever lines come.</summary>
    [JSInvokable]
    public Task OnPlace(string place) => HubPosition.Parse(place) is { } at ? InvokeAsync(() => ShowPlaceAsync(at)) : Task.CompletedTask;

    private void OnThemeChanged() => _ = InvokeAsync(StateHasChanged);

    private Task ChooseAsync(HubChoice choice)
    {
        _showsTree = false;
        return ShowAsync(_state with { Choice = choice == _state.Choice ? HubChoice.All : choice, Run = null });
    }

    private Task ClosePanelAsync() => ShowAsync(_state with { Panel = null });

    private async Task ShowNewestAsync()
    {
        await ShowAsync(_state with { At = null });
        if (_script is not null) await _script.CallAsync("follow");
    }

    // A line among all that surround it, whatever was searched for.
    private Task ShowPlaceAsync(HubPosition place) =>
        ShowAsync(_state with { Text = "", Levels = LevelSet.All, Span = "", Since = null, Until = null, Run = null, At = place });

    private async Task ShowHitAsync(FailureHitInfo hit)
    {
        HubPosition? place = null;
        await TryAsync(async () => place = await Log.PlaceOfAsync(hit.Origin!.ProjectId, hit.Line ?? 0, _lifetime.Token));
        await ShowPlaceAsync(place ?? new HubPosition(hit.Time.ToUnixTimeMilliseconds(), 0, 0));
    }

    private Task ShowBeforeAsync(RunInfo run)
    {
        var ended = run.EndedAt ?? Time.GetUtcNow();
        return ShowAsync(_state with
        {
            Choice = _state.Choice with { Process = null, Title = _state.Choice.Title.Split(' ')[0] },
            Run = null,
            At = null,
            Span = "",
            Since = (ended - BeforeCrash).ToUnixTimeMilliseconds(),
            Until = ended.ToUnixTimeMilliseconds(),
        });
    }

    private async Task ShowAsync(HubPageState state)
    {
        var isSame = state.ShowsAs(_state) && state.At is null == _next is not null;
        _state = state;
        if (_script is not null) await _script.CallAsync("address", _state.ToQuery());
        if (!isSame) await ReadAsync();
    }

    // Reads again what is chosen.
    private async Task ReadAsync()
    {
        (_lines, _older, _newer, _anchor, _next, _isRead, _isComplete) = ([], null, null, null, null, false, true);
        _filter = _state.FilterAt(Time.GetUtcNow());
        StateHasChanged();
        if (_state.At is { } place)
        {
            await ReadAroundAsync(place);
            if (_script is not null) await _script.CallAsync("anchor");
        }
        else
        {
            await ReadNewestAsync();
            if (_script is not null) await _script.CallAsync("follow");
        }
    }

    // The cursors first, so that nothing falls between the page and what follows.
    private async Task ReadNewestAsync()
    {
        var shown = ++_shown;
        await TryAsync(async () =>
        {
            var now = await Log.TailAsync(_filter, null, PageLines, _lifetime.Token);
            var page = await Log.PageAsync(_filter, null, PageLines, _lifetime.Token);
            if (shown != _shown) return;
            _lines = [.. page.Lines.Where(line => line.Line.Id <= now.Next.Lines.GetValueOrDefault(line.ProjectId)).Select(ShownLine.Of)];
            (_older, _isComplete, _next, _isRead) = (page.Before, page.IsComplete, now.Next, true);
        });
        StateHasChanged();
    }

    private async Task ReadAroundAsync(HubPosition place)
    {
        var shown = ++_shown;
        await TryAsync(async () =>
        {
            var before = await Log.PageAsync(_filter, place, LinesBefore, _lifetime.Token);
            var after = await Log.AfterAsync(_filter, place, PageLines, _lifetime.Token);
            if (shown != _shown) return;
            _lines = [.. before.Lines.Concat(after.Lines).Select(ShownLine.Of)];
            _anchor = after.Lines is [var first, ..] ? first.Position : before.Lines is [.., var last] ? last.Position : null;
            (_older, _isComplete, _newer, _isRead) = (before.Before, before.IsComplete, after.Next, true);
        });
        StateHasChanged();
    }

    private async Task ShowOlderAsync()
    {
        if (_older is not { } place) return;
        var shown = _shown;
        if (_script is not null) await _script.CallAsync("hold");
        await TryAsync(async () =>
        {
            var page = await Log.PageAsync(_filter, place, PageLines, _lifetime.Token);
            if (shown != _shown) return;
            _lines.InsertRange(0, page.Lines.Select(ShownLine.Of));
            (_older, _isComplete) = (page.Before, page.IsComplete);
        });
        StateHasChanged();
        if (_script is not null) await _script.CallAsync("release");
    }

    private async Task ShowNewerAsync()
    {
        if (_newer is not { } place) return;
        var shown = _shown;
        await TryAsync(async () =>
        {
            var page = await Log.AfterAsync(_filter, place, PageLines, _lifetime.Token);
            if (shown != _shown) return;
            _lines.AddRange(page.Lines.Select(ShownLine.Of));
            _newer = page.Next;
        });
        StateHasChanged();
    }

    private async Task FollowHostsAsync()
    {
        while (!_lifetime.IsOver)
        {
            await InvokeAsync(() => TryAsync(async () => _hosts = await Catalog.HostsAsync(_lifetime.Token)));
            await InvokeAsync(StateHasChanged);
            await Task.Delay(HostsInterval, Time, _lifetime.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FollowLinesAsync()
    {
        while (!_lifetime.IsOver)
        {
            await InvokeAsync(AddNewAsync);
            await Task.Delay(ShortestPause, Time, _lifetime.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Changes.NextAsync(_lifetime.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task AddNewAsync()
    {
        if (_next is not { } cursors)
        {
            if (_problem is not null && !_isRead) await ReadAsync(); // the hub is back
            return;
        }

        var shown = _shown;
        HubTail? tail = null;
        await TryAsync(async () => tail = await Log.TailAsync(_filter, cursors, MostNew, _lifetime.Token));
        if (tail is null || shown != _shown) return;
        _next = tail.Next;
        if (tail.Lines.Count == 0) return;
        if (tail.Lines.Count >= MostNew)
        {
            await ReadNewestAsync(); // more than anyone can read has passed: a page that shows all of it falls behind
        }
        else
        {
            _lines.AddRange(tail.Lines.Select(ShownLine.Of));
            if (_lines.Count > MostLines)
            {
                _lines.RemoveRange(0, _lines.Count - MostLines);
                _older = _lines[0].Line.Position;
            }

            StateHasChanged();
        }

        if (_script is not null) await _script.CallAsync("grown");
    }

    private async Task TryAsync(Func<Task> read)
    {
        try
        {
            await read();
            _problem = null;
        }
        catch (OperationCanceledException) when (_lifetime.IsOver)
        {
            // the page is gone
        }
        catch (HubRequestException e)
        {
            _problem = e.Message;
        }
        catch (Exception e) when (HubErrors.IsOfHub(e))
        {
            _problem = HubErrors.Describe(e, Hub.Address);
        }
    }

    private static string ClassOf(HubLine line) => line.Line.Level switch
    {
        _ when line.Line.Source == LineSource.Notice => "notice",
        LineLevel.Error => "e",
        LineLevel.Warn => "w",
        _ => "",
    };

    private string TimeOf(HubLine line) => LineTime.Of(line.Line.Time).ToOffset(_zone).ToString("MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    // What the choice says already is not repeated on every line.
    private string NameOf(HubLine line) => _state.Choice switch
    {
        { Project: not null } => line.Line.Process,
        { Host: not null } => $"{line.Project} {line.Line.Process}",
        _ => $"{line.Host}/{line.Project} {line.Line.Process}",
    };

    /// <summary>A line with its markup, which is made once: all lines are looked at whenever some arrive.</summary>
    private sealed record ShownLine(HubLine Line, MarkupString Markup, string Place)
    {
        public static ShownLine Of(HubLine line)
        {
            var html = new StringBuilder(line.Line.Content.Text.Length + 64);
            HtmlRenderer.Append(html, PlainLinks.Apply(line.Line.Content));
            return new ShownLine(line, new MarkupString(html.ToString()), line.Position.ToString());
        }
    }
}
