using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OvermindGui.Core.Application;
using OvermindGui.Core.Output;
using OvermindGui.Core.Pruning;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Configuration;
using OvermindGui.Web.Http;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Api;

/// <summary>
/// The API: a file per group of routes. Handlers are static methods with typed results; property names become snake_case; a body is a
/// record as parameter. <see cref="ApiErrors"/> answers what is wrong with a request before it reaches a handler.
/// </summary>
internal static class ApiRoutes
{
    /// <summary>The form of the answers.</summary>
    public static void AddApiFormat(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict; // a number is no string, in the document neither
            // Markup and other scripts stay readable in a terminal. The answers are JSON with nosniff: nothing in them becomes a page.
            json.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        });
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true); // ApiErrors catches it
    }

    public static void AddApi(this WebApplicationBuilder builder)
    {
        builder.AddApiFormat();
        builder.Services.AddApiDocument();
        builder.Services.AddSingleton<ProcessReader>();
        builder.Services.AddSingleton<PlanReader>();
        builder.Services.AddSingleton<StreamLimit>();
        builder.Services.AddSingleton<OutputClearing>();
        builder.Services.AddSingleton<Bookmarks>();
        builder.Services.AddSingleton<SavedViews>();
        builder.Services.AddSingleton<RetentionSettings>();
        builder.Services.AddSingleton<ParallelWaits>();
        builder.Services.AddSingleton<ExplainQuery>();
        builder.Services.AddSingleton(services => new ProjectSession(
            services.GetRequiredService<OvermindDatabase>(), services.GetRequiredService<WebServerOptions>().DaemonLauncher,
            services.GetRequiredService<TimeProvider>(), redact: false));
        builder.Services.AddSingleton<ErrorsQuery>();
        builder.Services.AddSingleton<OutputQuery>();
        builder.Services.AddSingleton<CompareQuery>();
        builder.AddFailures();
    }

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        routes.MapApiDocument();
        var api = routes.MapGroup("/api");
        var withDatabase = api.MapGroup("").RequireDatabase();
        api.MapDocs();
        api.MapStatus();
        api.MapProcesses();
        api.MapEnvironment();
        api.MapFailures();
        api.MapServer();
        api.MapQueries();
        api.MapTerminal();
        api.MapProjects();
        withDatabase.MapState();
        withDatabase.MapPoll();
        withDatabase.MapOutput();
        withDatabase.MapTimeline();
        withDatabase.MapRuns();
        withDatabase.MapBookmarks();
        withDatabase.MapViews();
        withDatabase.MapExport();
        withDatabase.MapStream();
        withDatabase.MapClearing();
        withDatabase.MapSelection();
        withDatabase.MapCommands();
        withDatabase.MapScaling();
        withDatabase.MapReload();
        withDatabase.MapErrors();
        withDatabase.MapSearch();
        withDatabase.MapFailureHistory();
        withDatabase.MapResources();
        withDatabase.MapAlerts();
        withDatabase.MapRetention();
    }
}
