using System.Net.Sockets;
using Bunit;
using MudBlazor;
using MudBlazor.Services;
using OvermindGui.Core.Application;
using OvermindGui.Core.Control;
using OvermindGui.Core.Failures;
using OvermindGui.Core.Output;
using OvermindGui.Core.Project.Settings;
using OvermindGui.Core.Pruning;
using OvermindGui.Core.Registry;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Components.Failures;
using OvermindGui.Web.Components.Layout;
using OvermindGui.Web.Components.Log;
using OvermindGui.Web.Components.Processes;
using OvermindGui.Web.Components.Projects;
using OvermindGui.Web.Components.Scripts;
using OvermindGui.Web.Configuration;
using OvermindGui.Web.Hosting;
using OvermindGui.Web.Live;
using OvermindGui.Web.Security;

namespace OvermindGui.Web.Tests.Support;

/// <summary>Renders components with the services of the real dashboard, over a project in a temporary folder.</summary>
public abstract class DashboardContext : BunitContext
{
    private readonly Socket _socket = Ports.Bind();

    // A busy machine is slow, not wrong.
    static DashboardContext() => DefaultWaitTimeout = TimeSpan.FromSeconds(30);

    protected DashboardContext()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton(Project.Folder);
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton(OvermindDatabase.In(Project.Folder));
        Services.AddSingleton<CommandClient>();
        Services.AddSingleton(new ExplainQuery(new ProjectSession(OvermindDatabase.In(Project.Folder), null, TimeProvider.System, redact: false)));
        Services.AddSingleton(new AgentLog(OvermindDatabase.In(Project.Folder), TimeProvider.System));
        Services.AddSingleton<AgentPolicyFile>();
        Services.AddSingleton<OutputClearing>();
        Services.AddSingleton(new DeclarationsFile(Project.Folder, TimeProvider.System));
        Services.AddSingleton<FailureHistory>();
        Services.AddSingleton<FailurePreview>();
        Services.AddScoped<BrowserClock>();
        Services.AddScoped<Clipboard>();
        Services.AddScoped<ClearWithUndo>();
        Services.AddScoped<DeclarationEditor>();
        Services.AddScoped<FailureDialogs>();
        Services.AddScoped<PageTheme>();
        Services.AddScoped<BrowserShell>();
        Services.AddScoped<ProcessCommands>();
        Services.AddScoped<PageActions>();
        Services.AddSingleton<ProjectsPass>();
        Services.AddScoped<ProjectsAccess>();
        Services.AddLogging();
        Services.AddSingleton<ResourceFeed>();
        Services.AddSingleton<RunHistory>();
        Services.AddSingleton(new ProjectSession(OvermindDatabase.In(Project.Folder), launcher: null, TimeProvider.System, redact: false));
        Services.AddSingleton<ErrorsQuery>();
        Services.AddSingleton<OutputQuery>();
        Services.AddSingleton(new AlertsFile(Project.Folder, TimeProvider.System));
        Services.AddSingleton<ChangeBroadcaster>().AddSingleton<IChangeSource>(p => p.GetRequiredService<ChangeBroadcaster>());
        Services.AddSingleton<Bookmarks>();
        Services.AddSingleton<SavedViews>();
        Services.AddSingleton<RetentionSettings>();
        Services.AddSingleton<PlanReader>();
        Services.AddSingleton<ExitControl>();
        Services.AddSingleton<ShutdownNotifier>();
    }

    protected static CancellationToken Cancellation => Xunit.TestContext.Current.CancellationToken;

    protected StoredProject Project { get; } = new();

    /// <summary>The last notice.</summary>
    protected (Severity Severity, string Text) LastNotice()
    {
        var notice = Services.GetRequiredService<ISnackbar>().ShownSnackbars.Last();
        return (notice.Severity, notice.Message!);
    }

    /// <summary>What the program that hosts the dashboard passes to it.</summary>
    protected void AddOptions(DaemonLauncher? launcher, WebAccess? access = null, UserProjects? projects = null) => Services.AddSingleton(new ProjectsOffer(projects, Project.Folder)).AddSingleton(
        new WebServerOptions { Folder = Project.Folder, ListenSocket = _socket, DaemonLauncher = launcher, Access = access ?? new WebAccess(), Projects = projects });

    protected override async ValueTask DisposeAsyncCore()
    {
        try
        {
            await base.DisposeAsyncCore();
        }
        finally
        {
            _socket.Dispose();
            Project.Dispose();
        }
    }
}
