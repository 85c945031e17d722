using Microsoft.AspNetCore.Http;

namespace OvermindGui.Web.Http;

/// <summary>The browser's choice of theme. A cookie, so that the first byte of the page already has the right colours.</summary>
internal static class ThemeCookie
{
    public const string Name = "overmind-gui-theme";
    public const string Dark = "dark";
    public const string Light = "light";

    public static string Read(HttpRequest request) => request.Cookies[Name] == Light ? Light : Dark;
}
