using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.AspNetCore;
using OvermindGui.Core.Application;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Storage;
using OvermindGui.Mcp;
using OvermindGui.Web.Configuration;
using OvermindGui.Web.Http;
using OvermindGui.Web.Security;

namespace OvermindGui.Web.Agents;

/// <summary>The tools for agents over streamable HTTP, behind the same checks of host, origin and token as everything else.</summary>
internal static class McpEndpoint
{
    public const string Path = "/mcp";

    private const int MostIdleSessions = 64;

    public static void AddMcp(this WebApplicationBuilder builder)
    {
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddSingleton<TrustedCaller>();
        builder.Services.AddSingleton<HttpAgentAccess>();
        builder.Services.AddSingleton<AgentPolicyFile>();
        builder.Services.AddSingleton(services => new AgentLog(services.GetRequiredService<OvermindDatabase>(), services.GetRequiredService<TimeProvider>()));
        builder.Services.AddMcpServer().WithHttpTransport(transport =>
        {
            // Clients that still say hello once have a session, which knows their name; newer ones send it with each request.
            transport.SessionMode = HttpServerSessionMode.StatefulForInitializeClients;
#pragma warning disable MCP9006 // only for the sessions of those older clients
            transport.MaxIdleSessionCount = MostIdleSessions;
#pragma warning restore MCP9006
            transport.ConfigureSessionOptions = (context, options, _) =>
            {
                var services = context.RequestServices;
                var session = new ProjectSession(
                    services.GetRequiredService<OvermindDatabase>(), services.GetRequiredService<WebServerOptions>().DaemonLauncher,
                    services.GetRequiredService<TimeProvider>(), redact: true);
                ProjectServer.Configure(options, session, services.GetRequiredService<HttpAgentAccess>(), services.GetRequiredService<ParallelWaits>());
                return Task.CompletedTask;
            };
        });
    }

    public static void MapAgentTools(this IEndpointRouteBuilder routes) => routes.MapMcp(Path).AddEndpointFilter(async (context, next) =>
    {
        var asked = context.HttpContext.Request.Query[HttpAgentAccess.Parameter];
        if (asked.Count == 0 || (asked is [var word] && AgentTiers.Parse(word) is not null)) return await next(context);
        await ApiErrors.WriteAsync(
            context.HttpContext, StatusCodes.Status400BadRequest, $"{HttpAgentAccess.Parameter}={asked}: expected {AgentTiers.Accepted}", RequestException.BadRequestCode);
        return null;
    });
}
