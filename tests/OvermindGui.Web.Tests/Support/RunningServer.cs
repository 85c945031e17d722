using System.Net.Sockets;
using OvermindGui.Core.Registry;
using OvermindGui.Web.Configuration;

namespace OvermindGui.Web.Tests.Support;

/// <summary>The whole dashboard, as the executable runs it, on a free loopback port.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _socket;
    private readonly TimeSpan _heartbeat;
    private readonly TimeSpan _patience;
    private readonly WebAccess _access;
    private readonly UserProjects? _projects;
    private Task<WebServerExit> _run = Task.FromResult(WebServerExit.Stopped);

    /// <summary>A dashboard of one running process.</summary>
    public RunningServer()
        : this(new StoredProject().WithDatabase().WithProcess("web").WithLivingDaemon(), null, null, null, null)
    {
    }

    private RunningServer(StoredProject project, TimeSpan? heartbeat, WebAccess? access, Socket? socket, TimeSpan? patience, UserProjects? projects = null)
    {
        Project = project;
        _heartbeat = heartbeat ?? TimeSpan.FromSeconds(15);
        _patience = patience ?? TimeSpan.FromSeconds(30);
        _access = access ?? new WebAccess();
        _projects = projects;
        _socket = socket ?? Ports.Bind();
    }

    public StoredProject Project { get; }

    /// <summary>The dashboard of a project that is then its own.</summary>
    public static async Task<RunningServer> StartAsync(
        StoredProject project, TimeSpan? heartbeat = null, WebAccess? access = null, Socket? socket = null,
        TimeSpan? patience = null, UserProjects? projects = null)
    {
        var server = new RunningServer(project, heartbeat, access, socket, patience, projects);
        await server.InitializeAsync();
        return server;
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>Scheme, host and port as a browser writes them into Origin.</summary>
    public string Origin => Address.GetLeftPart(UriPartial.Authority);

    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var started = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        _run = WebServer.RunAsync(
            new WebServerOptions
            {
                Folder = Project.Folder,
                ListenSocket = _socket,
                StreamHeartbeat = _heartbeat,
                StreamPatience = _patience,
                Access = _access,
                Projects = _projects,
            },
            address => started.SetResult(address), _stop.Token);
        if (await Task.WhenAny(started.Task, _run) == _run) await _run; // it did not start: say why
        Address = await started.Task;
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };
    }

    /// <summary>Completes when it has ended, with what it thinks why.</summary>
    public Task<WebServerExit> Ended => _run;

    /// <summary>Ends it as Ctrl+C does and returns why it ended.</summary>
    public async Task<WebServerExit> StopAsync()
    {
        await _stop.CancelAsync();
        return await _run;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        finally
        {
            Client?.Dispose();
            _socket.Dispose();
            _stop.Dispose();
            Project.Dispose();
        }
    }
}
