using Microsoft.AspNetCore.Http;

namespace OvermindGui.Web.Security;

/// <summary>
/// What the browser itself says about where a request comes from; no script can forge it. It covers what bears no Origin: scripts, images and
/// frames of other pages. Following a link to us stays allowed, and what says nothing is no page of a present-day browser.
/// </summary>
internal static class FetchMetadata
{
    public static bool IsForeign(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"];
        return site.Count > 0 && site is not ["same-origin" or "none"] && !IsNavigation(request);
    }

    private static bool IsNavigation(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.Headers["Sec-Fetch-Mode"] is ["navigate"]
        && request.Headers["Sec-Fetch-Dest"] is ["document"];
}
