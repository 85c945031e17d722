using MudBlazor;
using OvermindGui.Core.Contracts;
using OvermindGui.Hub.Commands;
using OvermindGui.Hub.Connecting;
using OvermindGui.Hub.Model;

namespace OvermindGui.Web.HubView;

/// <summary>Gives commands to daemons for one open page, and says what came of them. A process is busy until its outcome is there.</summary>
public sealed class HubActions(HubCommands commands, HubDatabase hub, ISnackbar messages)
{
    private readonly HashSet<(int Project, string Process)> _busy = [];

    /// <summary>Another process is busy, or no longer.</summary>
    public event Action? Changed;

    public bool IsBusy(int project, string process) => _busy.Contains((project, process));

    /// <param name="project">The project's number in the hub.</param>
    public async Task SendAsync(int project, string process, CommandKind kind)
    {
        _busy.Add((project, process));
        Changed?.Invoke();
        try
        {
            var outcome = await commands.SendAsync(project, kind, process, CancellationToken.None);
            messages.Add(outcome.Message, outcome.Succeeded ? Severity.Success : Severity.Error);
        }
        catch (Exception e) when (HubErrors.IsOfHub(e))
        {
            messages.Add(HubErrors.Describe(e, hub.Address), Severity.Error);
        }
        finally
        {
            _busy.Remove((project, process));
            Changed?.Invoke();
        }
    }
}
