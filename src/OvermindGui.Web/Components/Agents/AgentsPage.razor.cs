using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;
using MudBlazor;
using OvermindGui.Core.Application;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Timing;
using OvermindGui.Web.Components.Frames;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Agents;

/// <summary>The agents of the project: who is connected, what they did, and what they may do at most.</summary>
public sealed partial class AgentsPage(
    AgentLog log, AgentPolicyFile policy, ChangeBroadcaster changes, ISnackbar snackbar, NavigationManager navigation, ProjectFolder folder, TimeProvider time) : IDisposable
{
    private const int MostCalls = 100;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(500);

    private readonly Lifetime _lifetime = new();
    private AgentActivity _activity = AgentActivity.None;
    private AgentTier _highest;

    private NavigationManager Navigation => navigation;

    // An agent that is started for each task connects each time: those that are gone are one row.
    private IEnumerable<LoggedClient> Clients =>
    [
        .. _activity.Clients.Where(c => c.IsConnected),
        .. _activity.Clients.Where(c => !c.IsConnected).GroupBy(c => (c.Name, c.Transport, c.Allowed)).Select(same => same.First() with { Calls = same.Sum(c => c.Calls) }),
    ];

    private ProjectFolder Folder => folder;

    private TimeProvider Time => time;

    protected override void OnInitialized() => Read();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _ = FollowAsync();
    }

    /// <summary>Ends the following of the log.</summary>
    public void Dispose()
    {
        _lifetime.Dispose();
    }

    // Turning a tier off turns off those above it; turning one on needs those below it.
    private void Choose(AgentTier tier, bool allowed)
    {
        try
        {
            policy.Write(allowed ? tier : tier - 1);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            snackbar.Add($"The choice cannot be stored: {e.Message}", Severity.Error);
        }

        _highest = policy.Read();
    }

    private async Task FollowAsync()
    {
        var token = _lifetime.Token;
        using var notifier = changes.Subscribe();
        using var policyChanges = Heartbeat.Each(notifier.Notify); // its file is not in the database
        try
        {
            while (true)
            {
                await notifier.WaitAsync(token);
                await InvokeAsync(() =>
                {
                    Read();
                    StateHasChanged();
                });
                await Task.Delay(ShortestPause, time, token);
            }
        }
        catch (OperationCanceledException)
        {
            // the page was left
        }
    }

    private void Read()
    {
        _highest = policy.Read();
        try
        {
            _activity = log.Read(MostCalls);
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            // shown as it was; the banner of the dashboard says why
        }
    }

    private string Effective(LoggedClient client)
    {
        var own = AgentTiers.Parse(client.Allowed) ?? AgentTier.Read;
        return own <= _highest ? own.ToText() : $"{_highest.ToText()} (asks for {own.ToText()})";
    }

    private static string Title(AgentTier tier) => tier switch
    {
        AgentTier.Read => "Read",
        AgentTier.Control => "Control",
        _ => "Run",
    };

    private static string Permits(AgentTier tier) => tier switch
    {
        AgentTier.Read => "States and output, without the secrets in it; waiting and searching",
        AgentTier.Control => "Start, restart and stop the processes of the Procfile",
        _ => "Run programs of their choice in the project, and type into processes",
    };
}
