using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace OvermindGui.Web.Security;

/// <summary>The token and the cookie that stands for it. They are compared in a time that tells nothing about them.</summary>
internal sealed class AccessToken(string token, int port)
{
    private const string Bearer = "Bearer ";
    private static readonly TimeSpan CookieLife = TimeSpan.FromDays(30);

    private readonly byte[] _token = Digest(token);
    // Made from the token, so that a restart keeps everybody in and a new token nobody.
    private readonly string _cookie = Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), "cookie"u8));

    // Browsers send a cookie to every port of a host: two dashboards must not take each other's.
    private string CookieName => $"overmind-gui-{port}";

    /// <summary>What a request shows, in the address of the page or as a header; null when it shows nothing.</summary>
    public static string? ShownBy(HttpRequest request) =>
        IsEntry(request) ? request.Query["token"].ToString()
        : request.Headers.Authorization.ToString() is { } header && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? header[Bearer.Length..].Trim()
        : null;

    /// <summary>The address with the token, which a person opens once.</summary>
    public static bool IsEntry(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Path == "/" && request.Query.ContainsKey("token");

    public bool Is(string shown) => CryptographicOperations.FixedTimeEquals(Digest(shown), _token);

    public bool HasCookie(HttpRequest request) =>
        request.Cookies[CookieName] is { } cookie && CryptographicOperations.FixedTimeEquals(Digest(cookie), Digest(_cookie));

    public void SetCookie(HttpResponse response) => response.Cookies.Append(CookieName, _cookie, new CookieOptions
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = response.HttpContext.Request.IsHttps,
        MaxAge = CookieLife,
    });

    // Of equal length whatever was sent: a comparison of unequal lengths would tell ours.
    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
