using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Output;
using OvermindGui.Core.Terminal;
using OvermindGui.Hub.Connecting;
using OvermindGui.Hub.Model;
using OvermindGui.Hub.Reading;
using OvermindGui.Web.Components.Layout;
using OvermindGui.Web.Components.Scripts;

namespace OvermindGui.Web.HubView;

/// <summary>The page over a hub: machines with their projects and processes, and the output of what is chosen. Its address holds its state.</summary>
public sealed partial class HubPage : IAsyncDisposable
{
    private const int PageLines = 300;
    private const int MostLines = 2_000;
    private const int MostNew = 1_000; // at once
    private static readonly TimeSpan HostsInterval = TimeSpan.FromSeconds(2);
    private static readonly Dictionary<string, TimeSpan> Spans = new() { ["15m"] = TimeSpan.FromMinutes(15), ["1h"] = TimeSpan.FromHours(1), ["24h"] = TimeSpan.FromDays(1) };
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<HubHost> _hosts = [];
    private List<ShownLine> _lines = [];
    private HubChoice _choice = HubChoice.All;
    private string? _text;
    private bool _isRegex;
    private string _levels = "";
    private string _since = ""; // a span such as 1h
    private HubPosition? _older;
    private HubCursors? _next;
    private bool _isComplete = true;
    private bool _isRead;
    private string? _problem;
    private TimeSpan _zone; // of the browser, against UTC
    private ElementReference _log;
    private ElementScript? _script;
    private int _shown; // counts what was asked for, so that an answer to an earlier question is dropped

    [Inject] private HubDatabase Hub { get; set; } = null!;

    [Inject] private HubCatalog Catalog { get; set; } = null!;

    [Inject] private HubLog Log { get; set; } = null!;

    [Inject] private HubChanges Changes { get; set; } = null!;

    [Inject] private PageTheme Theme { get; set; } = null!;

    [Inject] private NavigationManager Address { get; set; } = null!;

    [Inject] private IJSRuntime Runtime { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    private HubLineFilter Filter => _choice.Filter with
    {
        Texts = string.IsNullOrEmpty(_text) ? [] : [new TextMatch(_text) { IsRegex = _isRegex }],
        Levels = LevelSet.Parse(_levels),
        Since = Spans.TryGetValue(_since, out var span) ? (Time.GetUtcNow() - span).ToUnixTimeMilliseconds() : null,
    };

    protected override void OnInitialized()
    {
        var query = System.Web.HttpUtility.ParseQueryString(new Uri(Address.Uri).Query);
        (_choice, _text, _isRegex) = (HubChoice.Parse(query), query["q"], query["regex"] == "1");
        (_levels, _since) = (query["level"] ?? "", query["since"] ?? "");
        Theme.Changed += OnThemeChanged;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        await Theme.AttachAsync();
        _script = new ElementScript(Runtime, "HubView/HubPage.razor.js");
        await _script.AttachAsync(_log);
        _zone = TimeSpan.FromMinutes(await _script.AskAsync<int>("zone"));
        await ShowAsync();
        _ = FollowHostsAsync();
        _ = FollowLinesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Theme.Changed -= OnThemeChanged;
        await _gone.CancelAsync();
        _gone.Dispose();
        if (_script is not null) await _script.DisposeAsync();
    }

    private void OnThemeChanged() => _ = InvokeAsync(StateHasChanged);

    private Task ChooseAsync(HubChoice choice)
    {
        _choice = choice == _choice ? HubChoice.All : choice;
        return ShowAsync();
    }

    private Task SearchAsync() => ShowAsync();

    private Task SwitchRegexAsync()
    {
        _isRegex = !_isRegex;
        return ShowAsync();
    }

    // Reads again what is chosen.
    private async Task ShowAsync()
    {
        (_lines, _older, _next, _isRead, _isComplete) = ([], null, null, false, true);
        if (_script is not null) await _script.CallAsync("address", _choice.Query(_text, _isRegex, _levels, _since));
        await ReadNewestAsync();
        await FollowAsync();
    }

    // The cursors first, so that nothing falls between the page and what follows.
    private async Task ReadNewestAsync()
    {
        var shown = ++_shown;
        await TryAsync(async () =>
        {
            var now = await Log.TailAsync(Filter, null, PageLines, _gone.Token);
            var page = await Log.PageAsync(Filter, null, PageLines, _gone.Token);
            if (shown != _shown) return;
            _lines = [.. page.Lines.Where(line => line.Line.Id <= now.Next.Lines.GetValueOrDefault(line.ProjectId)).Select(ShownLine.Of)];
            (_older, _isComplete, _next, _isRead) = (page.Before, page.IsComplete, now.Next, true);
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
            var page = await Log.PageAsync(Filter, place, PageLines, _gone.Token);
            if (shown != _shown) return;
            _lines.InsertRange(0, page.Lines.Select(ShownLine.Of));
            (_older, _isComplete) = (page.Before, page.IsComplete);
        });
        StateHasChanged();
        if (_script is not null) await _script.CallAsync("release");
    }

    private async Task FollowAsync()
    {
        if (_script is not null) await _script.CallAsync("follow");
    }

    private async Task FollowHostsAsync()
    {
        while (!_gone.IsCancellationRequested)
        {
            await InvokeAsync(() => TryAsync(async () => _hosts = await Catalog.HostsAsync(_gone.Token)));
            await InvokeAsync(StateHasChanged);
            await Task.Delay(HostsInterval, Time, _gone.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FollowLinesAsync()
    {
        while (!_gone.IsCancellationRequested)
        {
            await InvokeAsync(AddNewAsync);
            await Task.Delay(ShortestPause, Time, _gone.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Changes.NextAsync(_gone.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task AddNewAsync()
    {
        if (_next is not { } cursors)
        {
            if (_problem is not null && !_isRead) await ShowAsync(); // the hub is back
            return;
        }

        var shown = _shown;
        HubTail? tail = null;
        await TryAsync(async () => tail = await Log.TailAsync(Filter, cursors, MostNew, _gone.Token));
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
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
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
    private string NameOf(HubLine line) => _choice switch
    {
        { Project: not null } => line.Line.Process,
        { Host: not null } => $"{line.Project} {line.Line.Process}",
        _ => $"{line.Host}/{line.Project} {line.Line.Process}",
    };

    /// <summary>A line with its markup, which is made once: all lines are looked at whenever some arrive.</summary>
    private sealed record ShownLine(HubLine Line, MarkupString Markup)
    {
        public static ShownLine Of(HubLine line)
        {
            var html = new StringBuilder(line.Line.Content.Text.Length + 64);
            HtmlRenderer.Append(html, PlainLinks.Apply(line.Line.Content));
            return new ShownLine(line, new MarkupString(html.ToString()));
        }
    }
}
