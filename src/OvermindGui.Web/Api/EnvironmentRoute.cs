using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using OvermindGui.Core.Contracts;
using OvermindGui.Web.Http;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Api;

/// <summary>How a process is to run, as the project's files are now. It needs no daemon.</summary>
internal static class EnvironmentRoute
{
    public static void MapEnvironment(this RouteGroupBuilder api) => api.MapGet("/process/{name}/environment", Read)
        .WithTags("Processes").WithSummary("How a process is to run, and its variables; values that look secret are never returned");

    private static Results<Ok<EnvironmentResponse>, NotFound<ApiError>> Read(string name, PlanReader plans)
    {
        var plan = plans.Read();
        return plan.Processes.FirstOrDefault(p => p.Name == name) is { } process
            ? TypedResults.Ok(EnvironmentResponse.From(process))
            : TypedResults.NotFound(new ApiError(UnknownProcessText.Of(name, plan.Processes.Select(p => p.Name))));
    }
}
