using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace OvermindGui.Web.Api;

/// <summary>
/// A page that shows the OpenAPI document. Ours, because the known ones need inline scripts or a CDN, which the policy forbids and a
/// machine without internet has not.
/// </summary>
internal static class DocsPage
{
    public static void MapDocs(this RouteGroupBuilder api) => api.MapGet("/docs", Show).ExcludeFromDescription();

    private static ContentHttpResult Show(HttpRequest request) => TypedResults.Content(
        $"""
        <!DOCTYPE html>
        <html lang="en" data-theme="dark">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>API – Overmind GUI</title>
          <link rel="icon" type="image/svg+xml" href="{request.PathBase}/_content/OvermindGui.Web/icon.svg">
          <script src="{request.PathBase}/_content/OvermindGui.Web/js/theme.js"></script>
          <link rel="stylesheet" href="{request.PathBase}/_content/OvermindGui.Web/css/theme.css">
          <link rel="stylesheet" href="{request.PathBase}/_content/OvermindGui.Web/css/api-docs.css">
          <script src="{request.PathBase}/_content/OvermindGui.Web/js/api-docs.js" data-document="{request.PathBase}{ApiDocument.Address}" defer></script>
        </head>
        <body>
          <main id="api"><noscript>The document itself is at <a href="{request.PathBase}{ApiDocument.Address}">{ApiDocument.Address}</a>.</noscript></main>
        </body>
        </html>
        """,
        "text/html; charset=utf-8");
}
