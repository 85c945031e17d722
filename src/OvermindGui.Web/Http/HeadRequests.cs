using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace OvermindGui.Web.Http;

/// <summary>
/// HEAD is answered as GET is, without a body: routes are mapped for GET alone. Kestrel goes by the method that was sent and leaves the body
/// out.
/// </summary>
internal static class HeadRequests
{
    private static readonly object Mark = new();

    public static void UseHeadRequests(this WebApplication app) => app.Use((context, next) =>
    {
        if (!HttpMethods.IsHead(context.Request.Method)) return next(context);
        context.Items[Mark] = true;
        context.Request.Method = HttpMethods.Get;
        return next(context);
    });

    /// <summary>Nothing of a body will be sent, so that there is no use in a long one.</summary>
    public static bool IsHead(this HttpContext context) => context.Items.ContainsKey(Mark);
}
