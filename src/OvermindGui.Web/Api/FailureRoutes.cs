using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Failures;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Http;
using ChangeResults = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<OvermindGui.Web.Api.DeclarationsChange>,
    Microsoft.AspNetCore.Http.HttpResults.BadRequest<OvermindGui.Web.Http.ApiError>,
    Microsoft.AspNetCore.Http.HttpResults.NotFound<OvermindGui.Web.Http.ApiError>,
    Microsoft.AspNetCore.Http.HttpResults.Conflict<OvermindGui.Web.Http.ApiError>>;

namespace OvermindGui.Web.Api;

/// <summary>
/// Failure declarations of a process, or of all instances of an entry. These routes change the file, so they work without a daemon.
/// Declarations of a removed process can still be read and deleted. A file with errors gives 409 Conflict until it is fixed.
/// </summary>
internal static class FailureRoutes
{
    public static void AddFailures(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services =>
            new DeclarationsFile(services.GetRequiredService<OvermindDatabase>().Folder, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<FailureHistory>();
        builder.Services.AddSingleton<FailurePreview>();
    }

    public static void MapFailures(this RouteGroupBuilder api)
    {
        var declarations = api.MapGroup("/failure-declarations/{process}");
        declarations.MapGet("", Read).WithSummary("The failure declarations of a process");
        declarations.MapPost("/add", AddAsync).WithSummary("Add a failure declaration");
        declarations.MapPost("/remove", RemoveAsync).WithSummary("Remove a failure declaration");
    }

    private static Results<Ok<DeclarationsResponse>, NotFound<ApiError>, Conflict<ApiError>> Read(
        string process, DeclarationsFile file, OvermindDatabase database)
    {
        var reading = file.Read();
        if (reading.Problems.Count > 0) return TypedResults.Conflict(new ApiError(string.Join('\n', reading.Problems)));
        var declared = reading.For(process);
        return declared.Count == 0 && KnownNames.ProblemOfEntry(database, process) is { } unknown
            ? TypedResults.NotFound(new ApiError(unknown))
            : TypedResults.Ok(DeclarationsResponse.From(process, declared));
    }

    private static async Task<ChangeResults> AddAsync(
        string process, DeclarationBody? body, DeclarationsFile file, OvermindDatabase database, CancellationToken cancellationToken)
    {
        if (ProblemOf(body, out var declaration) is { } problem) return TypedResults.BadRequest(new ApiError(problem));
        if (KnownNames.ProblemOfEntry(database, process) is { } unknown) return TypedResults.NotFound(new ApiError(unknown));
        return await ChangeAsync("Added", process, () => file.AddAsync(process, declaration!, cancellationToken));
    }

    private static async Task<ChangeResults> RemoveAsync(
        string process, DeclarationBody? body, DeclarationsFile file, OvermindDatabase database, CancellationToken cancellationToken)
    {
        if (TextProblemOf(body) is { } problem) return TypedResults.BadRequest(new ApiError(problem));
        if (file.Read() is { Problems: [] } reading && reading.For(process).Count == 0 && KnownNames.ProblemOfEntry(database, process) is { } unknown)
            return TypedResults.NotFound(new ApiError(unknown));
        return await ChangeAsync("Removed", process, () => file.RemoveAsync(process, body!.FailureString!, body.Regex, cancellationToken));
    }

    private static async Task<ChangeResults> ChangeAsync(string done, string process, Func<Task<IReadOnlyList<FailureDeclaration>>> change)
    {
        try
        {
            return TypedResults.Ok(DeclarationsChange.From($"{done} failure declaration for {process}", await change()));
        }
        catch (DeclarationsFileException e)
        {
            return TypedResults.Conflict(new ApiError(e.Message));
        }
    }

    private static string? ProblemOf(DeclarationBody? body, out FailureDeclaration? declaration)
    {
        declaration = null;
        if (TextProblemOf(body) is { } problem) return problem;
        var action = FailureActions.Parse(body!.Action);
        if (body.Action is not null && action is null) return $"action: expected {FailureActions.Accepted}";
        declaration = new FailureDeclaration(body.FailureString!, action, body.Regex ?? false);
        return declaration.FindProblem() is { } unusable ? $"failure_string: {unusable}" : null;
    }

    private static string? TextProblemOf(DeclarationBody? body) =>
        body?.FailureString is not { } text ? "Missing failure_string in request body"
        : string.IsNullOrWhiteSpace(text) ? "failure_string cannot be empty"
        : null;
}

/// <summary>A declaration to add or remove.</summary>
/// <param name="FailureString">The text or expression; surrounding blanks are ignored.</param>
/// <param name="Action">restart, stop or notify; null for the daemon's default action. Ignored on removal.</param>
/// <param name="Regex">Whether it is a .NET regular expression. Without it, a removal matches both kinds.</param>
public sealed record DeclarationBody(string? FailureString, string? Action = null, bool? Regex = null);

/// <summary>A failure declaration.</summary>
/// <param name="Action">Null for the daemon's default action.</param>
public sealed record DeclarationResponse(string Pattern, string? Action, bool Regex)
{
    internal static DeclarationResponse From(FailureDeclaration declaration) =>
        new(declaration.Pattern, declaration.Action?.ToText(), declaration.IsRegex);
}

/// <summary>The declarations of a process.</summary>
/// <param name="Declarations">Their texts alone.</param>
/// <param name="Details">All about them, in the same order.</param>
public sealed record DeclarationsResponse(string Process, IReadOnlyList<string> Declarations, IReadOnlyList<DeclarationResponse> Details)
{
    internal static DeclarationsResponse From(string process, IReadOnlyList<FailureDeclaration> declarations) =>
        new(process, [.. declarations.Select(d => d.Pattern)], [.. declarations.Select(DeclarationResponse.From)]);
}

/// <summary>What was done, and the declarations of the process as they are now.</summary>
public sealed record DeclarationsChange(
    bool Success, string Message, IReadOnlyList<string> Declarations, IReadOnlyList<DeclarationResponse> Details)
{
    internal static DeclarationsChange From(string message, IReadOnlyList<FailureDeclaration> declarations) =>
        new(true, message, [.. declarations.Select(d => d.Pattern)], [.. declarations.Select(DeclarationResponse.From)]);
}
