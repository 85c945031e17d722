using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using OvermindGui.Core.Application;
using OvermindGui.Core.Control;
using OvermindGui.Core.Registry;
using OvermindGui.Web.Configuration;
using OvermindGui.Web.Http;
using OvermindGui.Web.Security;

namespace OvermindGui.Web.Api;

/// <summary>The other projects of the user: to look at, to start, to stop, and where their dashboards are.</summary>
internal static class ProjectRoutes
{
    private const string WhoMay = "For programs of the user who runs the dashboard, on this machine, under a loopback name; a project's token does not count.";

    public static void MapProjects(this RouteGroupBuilder api)
    {
        var projects = api.MapGroup("/projects").AddEndpointFilter(async (context, next) =>
            OwnUserGuard.Refusal(context.HttpContext) is { } refusal ? throw new RequestException(RequestException.NotAllowedCode, refusal) : await next(context));
        projects.MapGet("", ReadAsync).WithTags("Projects").WithSummary("All projects of the user").WithDescription(WhoMay).Produces<ApiError>(StatusCodes.Status403Forbidden);
        projects.MapPost("/{name}/start", StartAsync).WithTags("Projects").WithSummary("Start the daemon of a project").WithDescription(WhoMay).Produces<ApiError>(StatusCodes.Status403Forbidden);
        projects.MapPost("/{name}/stop", StopAsync).WithTags("Projects").WithSummary("Stop the processes and the daemon of a project").WithDescription(WhoMay).Produces<ApiError>(StatusCodes.Status403Forbidden);
        projects.MapPost("/{name}/open", OpenAsync).WithTags("Projects").WithSummary("The address of a project's dashboard, which is started if there is none").WithDescription(WhoMay).Produces<ApiError>(StatusCodes.Status403Forbidden);
        projects.MapPost("/pass", (ProjectsPass passes) => TypedResults.Ok(new PassResponse(passes.Issue()))).ExcludeFromDescription(); // for our own page
    }

    private static async Task<Ok<ProjectsResponse>> ReadAsync(ProjectsOffer offer, CancellationToken cancellationToken)
    {
        try
        {
            return TypedResults.Ok(new ProjectsResponse(await Of(offer).ReadAsync(cancellationToken)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RequestException(RequestException.NotAllowedCode, $"The list of projects cannot be read: {e.Message}");
        }
    }

    private static Task<Results<Ok<CommandResponse>, NotFound<ApiError>, Conflict<ApiError>>> StartAsync(string name, ProjectsOffer offer) =>
        AnswerAsync(offer, name, (projects, project) => projects.StartAsync(project, CancellationToken.None));

    private static Task<Results<Ok<CommandResponse>, NotFound<ApiError>, Conflict<ApiError>>> StopAsync(HttpContext context, string name, ProjectsOffer offer) =>
        AnswerAsync(offer, name, (projects, project) => projects.StopAsync(project, ApiInitiator.Of(context), CancellationToken.None));

    private static async Task<Results<Ok<OpenResponse>, NotFound<ApiError>, Conflict<ApiError>>> OpenAsync(string name, ProjectsOffer offer)
    {
        var projects = Of(offer);
        if (projects.Find(name) is not { } project) return Unknown(name);
        var outcome = await projects.OpenAsync(project, CancellationToken.None);
        return outcome.Succeeded ? TypedResults.Ok(new OpenResponse(true, outcome.Message)) : Failed(outcome);
    }

    // Not bound to the request: a client that disconnects must not leave a start half done.
    private static async Task<Results<Ok<CommandResponse>, NotFound<ApiError>, Conflict<ApiError>>> AnswerAsync(
        ProjectsOffer offer, string name, Func<UserProjects, RegisteredProject, Task<CommandOutcome>> act)
    {
        var projects = Of(offer);
        if (projects.Find(name) is not { } project) return Unknown(name);
        var outcome = await act(projects, project);
        return outcome.Succeeded ? TypedResults.Ok(new CommandResponse(true, outcome.Message)) : Failed(outcome);
    }

    private static UserProjects Of(ProjectsOffer offer) =>
        offer.Projects ?? throw new RequestException(RequestException.NotAllowedCode, "This dashboard shows no other projects");

    private static NotFound<ApiError> Unknown(string name) => TypedResults.NotFound(new ApiError($"Unknown project: {name}; GET /api/projects lists them"));

    private static Conflict<ApiError> Failed(CommandOutcome outcome) => TypedResults.Conflict(new ApiError(outcome.Message));
}

/// <summary>All projects of the user, by name.</summary>
public sealed record ProjectsResponse(IReadOnlyList<ProjectReport> Projects);

/// <summary>Where the dashboard of a project is.</summary>
public sealed record OpenResponse(bool Success, string Address);

/// <summary>What the page shows its circuit.</summary>
public sealed record PassResponse(string Pass);
