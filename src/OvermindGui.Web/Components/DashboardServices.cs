using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Output;
using OvermindGui.Core.Project.Settings;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Components.Failures;
using OvermindGui.Web.Components.Layout;
using OvermindGui.Web.Components.Log;
using OvermindGui.Web.Components.Processes;
using OvermindGui.Web.Components.Projects;
using OvermindGui.Web.Components.Scripts;
using OvermindGui.Web.Configuration;
using OvermindGui.Web.Security;

namespace OvermindGui.Web.Components;

internal static class DashboardServices
{
    public static void AddDashboard(this WebApplicationBuilder builder, WebServerOptions options)
    {
        builder.AddPageParts(options.Debug);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(new ProjectsOffer(options.Projects, options.Folder));
        builder.Services.AddSingleton(services => new CommandClient(
            services.GetRequiredService<OvermindDatabase>(), services.GetRequiredService<TimeProvider>(), Initiator.Page));
        builder.Services.AddSingleton<NewBrowserSelection>();
        builder.Services.AddSingleton<EditorLinks>();
        builder.Services.AddSingleton<LineAddress>();
        builder.Services.AddScoped<ViewOptionsMemory>();
        builder.Services.AddScoped<BrowserClock>();
        builder.Services.AddScoped<Clipboard>();
        builder.Services.AddSingleton<MomentAddress>();
        builder.Services.AddSingleton<AlertsFile>();
        builder.Services.AddScoped<ClearWithUndo>();
        builder.Services.AddScoped<DeclarationEditor>();
        builder.Services.AddScoped<FailureDialogs>();
        builder.Services.AddScoped<BrowserShell>();
        builder.Services.AddScoped<ProcessCommands>();
        builder.Services.AddScoped<PageActions>();
        builder.Services.AddScoped<StarMenu>();
        builder.Services.AddSingleton<RunHistory>();
        builder.Services.AddSingleton<EventLog>();
        builder.Services.AddHostedService(services => services.GetRequiredService<EventLog>());
    }

    /// <summary>What every page of ours needs, whatever it shows.</summary>
    /// <param name="debug">Failures of a page are sent to its browser.</param>
    public static void AddPageParts(this WebApplicationBuilder builder, bool debug)
    {
        builder.Services.AddScoped<PageTheme>();
        builder.Services.AddSingleton<ProjectsPass>();
        builder.Services.AddScoped<ProjectsAccess>();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents(circuit =>
        {
            circuit.DetailedErrors = debug;
            // A page that reconnects later reloads; its state is in its address.
            circuit.DisconnectedCircuitMaxRetained = 20;
            circuit.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(1);
        });
        builder.Services.AddAntiforgery(antiforgery => antiforgery.SuppressXFrameOptionsHeader = true); // the policy forbids all frames
        builder.Services.AddMudServices(mud =>
        {
            mud.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomLeft; // over the list, see app.css: never over output
            mud.SnackbarConfiguration.MaxDisplayedSnackbars = 3;
            mud.SnackbarConfiguration.PreventDuplicates = true;
            mud.SnackbarConfiguration.VisibleStateDuration = 6_000;
            mud.SnackbarConfiguration.ShowTransitionDuration = 150;
            mud.SnackbarConfiguration.HideTransitionDuration = 150;
            // Of each page's timer that removes what closed menus leave behind.
            mud.PopoverOptions.QueueDelay = TimeSpan.FromSeconds(15);
        });
    }

    public static void MapDashboard(this WebApplication app) => app.MapPages<App>();

    /// <summary>Maps the pages below a root component.</summary>
    public static void MapPages<TRoot>(this WebApplication app) =>
        app.MapRazorComponents<TRoot>().AddInteractiveServerRenderMode(server =>
        {
            // Compression costs both ends time and saves nothing on the loopback; the policy is in SecurityHeaders.
            server.DisableWebSocketCompression = true;
            server.ContentSecurityFrameAncestorsPolicy = null;
        });
}
