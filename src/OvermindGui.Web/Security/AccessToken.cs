using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace OvermindGui.Web.Security;

/// <summary>The access token and the cookie that replaces it. Both are compared in constant time.</summary>
internal sealed class AccessToken(string token, int port)
{
    private const string Parameter = "token";
    private const string Bearer = "Bearer ";
    private static readonly TimeSpan CookieLife = TimeSpan.FromDays(30);

    private readonly byte[] _token = Digest(token);
    // Derived from the token: sessions survive a restart, and a new token ends them.
    private readonly string _cookie = Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), "cookie"u8));

    // Browsers send a cookie to every port of a host: two dashboards must not take each other's.
    private string CookieName => $"overmind-gui-{port}";

    /// <summary>What a request shows, in the address of the page or as a header; null when it shows nothing.</summary>
    public static string? ShownBy(HttpRequest request) =>
        IsEntry(request) ? request.Query[Parameter].ToString()
        : request.Headers.Authorization.ToString() is { } header && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? header[Bearer.Length..].Trim()
        : null;

    /// <summary>Whether the request opens a page with the token in its address.</summary>
    public static bool IsEntry(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Query.ContainsKey(Parameter) && IsPage(request.Path);

    /// <summary>Query names are case-insensitive, so the token is removed from the address in any case.</summary>
    public static bool IsName(string parameter) => parameter.Equals(Parameter, StringComparison.OrdinalIgnoreCase);

    // Not what programs and pages fetch by themselves, nor an address that a browser would take for one of another host.
    private static bool IsPage(PathString path) =>
        path.Value is { } text && !text.StartsWith("//", StringComparison.Ordinal) && !text.StartsWith("/_", StringComparison.Ordinal)
        && !text.Contains('\\') && !path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && !path.StartsWithSegments("/openapi", StringComparison.OrdinalIgnoreCase) && !path.StartsWithSegments("/mcp", StringComparison.OrdinalIgnoreCase);

    public bool Is(string shown) => CryptographicOperations.FixedTimeEquals(Digest(shown), _token);

    public bool HasCookie(HttpRequest request) =>
        request.Cookies[CookieName] is { } cookie && CryptographicOperations.FixedTimeEquals(Digest(cookie), Digest(_cookie));

    public void SetCookie(HttpResponse response) => response.Cookies.Append(CookieName, _cookie, new CookieOptions
    {
        Path = response.HttpContext.Request.PathBase is { HasValue: true } mounted ? mounted.Value : "/",
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = response.HttpContext.Request.IsHttps,
        MaxAge = CookieLife,
    });

    // Digests have equal length; comparing values of different lengths would reveal the length of the token.
    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
