using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Web.Api;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c>, made from the routes themselves.</summary>
internal static class ApiDocument
{
    public const string Address = "/openapi/v1.json";

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Overmind GUI",
                Version = ProductVersion.Text,
                Description = "The processes of a Procfile and their output. Every error is answered with {\"error\":\"…\"}.",
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var names = context.Description.ActionDescriptor.EndpointMetadata.OfType<IntegerParameters>().SelectMany(p => p.Names).ToHashSet();
            foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(p => names.Contains(p.Name ?? "")))
                parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" };
            return Task.CompletedTask;
        });
    });

    public static void MapApiDocument(this IEndpointRouteBuilder routes) => routes.MapOpenApi("/openapi/{documentName}.json");
}
