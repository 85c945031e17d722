using Microsoft.AspNetCore.Http;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;

namespace OvermindGui.Web.Api;

/// <summary>Who asks over the API: what the client calls itself.</summary>
internal static class ApiInitiator
{
    public static CommandClient For(this CommandClient commands, HttpContext context) =>
        commands.For(Of(context));

    public static Initiator Of(HttpContext context) =>
        new(InitiatorKind.Api, context.Request.Headers.UserAgent.ToString() is { Length: > 0 } name ? name : null);
}
