using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Registry;
using OvermindGui.Core.Timing;
using OvermindGui.Web.Configuration;
using OvermindGui.Web.Hosting;
using OvermindGui.Web.Security;

namespace OvermindGui.Web;

/// <summary>
/// The dashboards of all projects in the user's list. Each is started when it is first asked for, and again when its place or its rules have changed.
/// Their addresses are entered for the other dashboards and <c>projects</c>.
/// </summary>
internal sealed class ProjectMounts(AllProjectsOptions options, ExitControl exit, ILogger<ProjectMounts> logger) : BackgroundService, IMounts
{
    private readonly ProjectRegistry _registry = new(options.State);
    private readonly DashboardRegistry _dashboards = new(options.State);
    private readonly ConcurrentDictionary<string, Lazy<Task<MountedProject>>> _mounted = [];
    private readonly ConcurrentDictionary<string, string> _problems = [];
    private readonly Dictionary<string, (RegisteredProject Project, IDisposable Address)> _addresses = [];
    private readonly IPEndPoint _endpoint = (IPEndPoint)options.ListenSocket.LocalEndPoint!; // now: the server closes the socket when it ends
    private string? _reported;

    /// <inheritdoc/>
    public async Task<MountedServer?> FindAsync(string name)
    {
        var mounted = _mounted.GetValueOrDefault(name);
        try
        {
            if (mounted is null)
            {
                if (_registry.Find(name) is not { } project) return null;
                mounted = _mounted.GetOrAdd(name, _ => new Lazy<Task<MountedProject>>(() => StartAsync(project)));
            }

            var server = (await mounted.Value).Server;
            _problems.TryRemove(name, out _);
            return server;
        }
        catch (Exception e)
        {
            // Whatever is wrong with it, the others go on.
            if (!IsOfProject(e)) logger.LogError(e, "{Name} cannot be shown", name);
            if (mounted is not null) _mounted.TryRemove(KeyValuePair.Create(name, mounted));
            _problems[name] = e.Message;
            return null;
        }
    }

    /// <summary>Why a project of the list has no dashboard here; null when there is no such project.</summary>
    public string? ProblemOf(string name) => _problems.GetValueOrDefault(name);

    /// <summary>Lets all open pages go, so that the server need not wait for them.</summary>
    public void BeginEnd()
    {
        foreach (var mounted in Started()) mounted.BeginEnd();
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var (_, address) in _addresses.Values) address.Dispose();
        await Task.WhenAll(Started().Select(EndAsync));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                var listed = _registry.Read().ToDictionary(project => project.Name);
                EnterAddresses(listed);
                await RenewAsync(listed);
                _reported = null;
            }
            catch (Exception e) when (IsOfProject(e))
            {
                if (_reported != e.Message) logger.LogWarning("The list of projects cannot be kept: {Reason}", e.Message);
                _reported = e.Message;
            }

            await Heartbeat.NextAsync(stoppingToken);
        }
    }

    private static bool IsOfProject(Exception e) => e is IOException or UnauthorizedAccessException or TokenFileException;

    private IEnumerable<MountedProject> Started() => _mounted.Values.Where(m => m is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }).Select(m => m.Value.Result);

    private async Task<MountedProject> StartAsync(RegisteredProject project)
    {
        var mounted = await MountedProject.StartAsync(project, options, _endpoint.Port);
        _ = PassOnExitAsync(mounted);
        return mounted;
    }

    // A restart is one of the whole dashboard; the end of a project's daemon is none of it.
    private async Task PassOnExitAsync(MountedProject mounted)
    {
        if (await mounted.ExitRequested != WebServerExit.RestartRequested) return;
        await Task.WhenAll(Started().Select(each => each.NotifyAsync(WebServerExit.RestartRequested)));
        exit.Request(WebServerExit.RestartRequested);
    }

    private void EnterAddresses(Dictionary<string, RegisteredProject> listed)
    {
        var address = ServedAddress.Of(_endpoint);
        foreach (var (name, entered) in _addresses.ToList())
        {
            if (listed.TryGetValue(name, out var project) && project.Place == entered.Project.Place) continue;
            entered.Address.Dispose();
            _addresses.Remove(name);
        }

        foreach (var (name, project) in listed)
            if (!_addresses.ContainsKey(name)) _addresses[name] = (project, _dashboards.Register(project.Folder, new Uri(address, $"{SharedServer.Prefix}{name}/")));
    }

    private async Task RenewAsync(Dictionary<string, RegisteredProject> listed)
    {
        foreach (var (name, mounted) in _mounted)
        {
            if (mounted is not { IsValueCreated: true, Value.IsCompletedSuccessfully: true }) continue;
            var current = await mounted.Value;
            if (IsCurrent(current, listed.GetValueOrDefault(name))) continue;
            _mounted.TryRemove(KeyValuePair.Create(name, mounted));
            await EndAsync(current);
        }
    }

    private async Task EndAsync(MountedProject mounted)
    {
        try
        {
            await mounted.DisposeAsync();
        }
        catch (Exception e)
        {
            logger.LogError(e, "The dashboard of {Name} did not end in order", mounted.Project.Name);
        }
    }

    private static bool IsCurrent(MountedProject mounted, RegisteredProject? listed)
    {
        try
        {
            return mounted.IsCurrent(listed);
        }
        catch (Exception e) when (IsOfProject(e))
        {
            return false; // the next request says why
        }
    }
}
