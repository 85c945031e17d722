using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Project.Settings;
using OvermindGui.Core.Registry;
using OvermindGui.Web.Configuration;
using OvermindGui.Web.Hosting;
using OvermindGui.Web.Security;

namespace OvermindGui.Web;

/// <summary>The dashboard of one project among several: an application of its own, with its own services, feeds and rules.</summary>
internal sealed class MountedProject : IAsyncDisposable
{
    private readonly AllProjectsOptions _options;
    private readonly WebApplication _app;
    private readonly WebAccess _access;

    private MountedProject(RegisteredProject project, AllProjectsOptions options, WebAccess access, WebApplication app, MountedServer server) =>
        (Project, _options, _access, _app, Server) = (project, options, access, app, server);

    public RegisteredProject Project { get; }

    public MountedServer Server { get; }

    /// <summary>Completes when its page has asked for an end.</summary>
    public Task<WebServerExit> ExitRequested => _app.Services.GetRequiredService<ExitControl>().Requested;

    /// <exception cref="IOException">Its files cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">Its files may not be used.</exception>
    /// <exception cref="TokenFileException">Its token is no secret.</exception>
    public static async Task<MountedProject> StartAsync(RegisteredProject project, AllProjectsOptions options, int port)
    {
        var folder = project.Folder;
        if (OwnFiles.FindProblem(folder) is { } problem) throw new IOException(problem);
        var access = AccessOf(project, options);
        var server = new MountedServer();
        var app = WebServer.Build(
            new WebServerOptions
            {
                Folder = folder,
                ListenSocket = options.ListenSocket,
                Access = access,
                DaemonLauncher = new DaemonLauncher(options.Executable, project.Arguments) { IsForOther = true },
                Projects = new UserProjects(options.State, options.Executable, TimeProvider.System),
                Debug = options.Debug,
            },
            port, server);
        await app.StartAsync();
        return new MountedProject(project, options, access, app, server);
    }

    /// <summary>Whether it is still what the list and the project's files say.</summary>
    public bool IsCurrent(RegisteredProject? listed) =>
        listed is not null && listed.Root == Project.Root && listed.Data == Project.Data && listed.Arguments.SequenceEqual(Project.Arguments)
        && !_app.Lifetime.ApplicationStopping.IsCancellationRequested && !ExitRequested.IsCompleted && AccessOf(listed, _options) == _access;

    /// <summary>Shows its open pages why it is about to end.</summary>
    public Task NotifyAsync(WebServerExit exit) => _app.Services.GetRequiredService<ShutdownNotifier>().NotifyAsync(exit);

    /// <summary>Lets its open pages go.</summary>
    public void BeginEnd() => _app.Lifetime.StopApplication();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    // A project that has a token asks for it here too.
    private static WebAccess AccessOf(RegisteredProject project, AllProjectsOptions options) => new()
    {
        Token = File.Exists(project.Folder.TokenFile) ? TokenFile.ReadOrCreate(project.Folder) : null,
        OwnFrames = true,
        NoInput = options.NoInput || ProjectSettingsFile.Load(project.Root).NoInput,
    };
}
