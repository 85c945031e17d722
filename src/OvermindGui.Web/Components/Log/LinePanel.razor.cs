using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Application;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Components.Scripts;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Log;

/// <summary>The details of a line.</summary>
public sealed partial class LinePanel(OutputQuery output, RunHistory runs, LineAddress links, NavigationManager navigation, Clipboard clipboard)
{
    private OutputLine? _line;
    private IReadOnlyList<(string Name, string Value)> _fields = [];
    private string? _run;
    private string? _problem;

    /// <summary>The id of the line as the address names it.</summary>
    [Parameter, EditorRequired] public required string Id { get; set; }

    /// <summary>The panel is to be closed.</summary>
    [Parameter] public EventCallback Close { get; set; }

    private LineAddress Links => links;

    private Clipboard Clipboard => clipboard;

    private string Link => new Uri(new Uri(navigation.BaseUri), links.Of(_line!.Id)).ToString();

    protected override async Task OnInitializedAsync()
    {
        if (!long.TryParse(Id, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) id = 0;
        try
        {
            _line = await Task.Run(() => output.Line(id));
            if (_line is null)
            {
                _problem = "The line is no longer stored.";
                return;
            }

            _fields = LineFields.Of(_line.Content.Text);
            _run = await Task.Run(() => RunOf(_line));
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            _problem = $"The line cannot be read now: {e.Message}";
        }
    }

    private string? RunOf(OutputLine line) => line.Run is { } id && runs.Find(id) is { } run
        ? $"#{run.Number}, since {run.StartedAt.ToLocalTime():yyyy-MM-dd HH:mm:ss}"
        : null;

    private static string Time(OutputLine line) => LineTime.Of(line.Time).ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss.fff zzz", CultureInfo.InvariantCulture);
}
