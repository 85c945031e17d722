using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using OvermindGui.Core.Control;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Http;

namespace OvermindGui.Web.Api;

/// <summary>The processes, and which of them new browsers show.</summary>
internal static class ProcessRoutes
{
    public static void MapProcesses(this RouteGroupBuilder api) => api.MapGet("/processes", ReadAll).WithTags("Processes").WithSummary("All processes")
        .Produces<NoProcesses>(StatusCodes.Status503ServiceUnavailable);

    public static void MapSelection(this RouteGroupBuilder api)
    {
        api.MapPost("/process/{name}/toggle", Toggle).WithTags("Processes").WithSummary("Select or deselect a process for new browsers");
        api.MapPost("/processes/select-all", SelectAll).WithTags("Processes").WithSummary("Select all processes for new browsers");
        api.MapPost("/processes/deselect-all", DeselectAll).WithTags("Processes").WithSummary("Deselect all processes for new browsers");
    }

    private static Results<Ok<ProcessesResponse>, JsonHttpResult<NoProcesses>> ReadAll(ProcessReader processes, OvermindDatabase database) =>
        database.IsReady()
            ? TypedResults.Ok(new ProcessesResponse(processes.Read().Dicts()))
            : TypedResults.Json(new NoProcesses(DatabaseRequirement.NotReady), statusCode: StatusCodes.Status503ServiceUnavailable);

    private static Results<Ok<ToggleResponse>, NotFound<ApiError>> Toggle(string name, ProcessReader processes, OvermindDatabase database) =>
        processes.Read().Problem(name) is { } problem
            ? TypedResults.NotFound(new ApiError(problem))
            : TypedResults.Ok(new ToggleResponse(true, name, new ProcessSelection(database).Toggle(name)));

    private static Ok<SelectionResponse> SelectAll(ProcessReader processes, OvermindDatabase database) =>
        SetAll(processes, database, selected: true, "All processes selected");

    private static Ok<SelectionResponse> DeselectAll(ProcessReader processes, OvermindDatabase database) =>
        SetAll(processes, database, selected: false, "All processes deselected");

    private static Ok<SelectionResponse> SetAll(ProcessReader processes, OvermindDatabase database, bool selected, string message)
    {
        new ProcessSelection(database).SetAll(selected);
        return TypedResults.Ok(new SelectionResponse(true, message, processes.Read().Dicts()));
    }
}

/// <summary>Processes by name, in the order of the Procfile.</summary>
public sealed record ProcessesResponse(IReadOnlyDictionary<string, ProcessResponse> Processes);

/// <summary>Why there are no processes to show.</summary>
public sealed record NoProcesses(string Error)
{
    public IReadOnlyDictionary<string, ProcessResponse> Processes { get; } = new Dictionary<string, ProcessResponse>();
}

/// <summary>The process, and whether it is selected now.</summary>
public sealed record ToggleResponse(bool Success, string Process, bool Selected);

/// <summary>What was done, and all processes as they are now.</summary>
public sealed record SelectionResponse(bool Success, string Message, IReadOnlyDictionary<string, ProcessResponse> Processes);
