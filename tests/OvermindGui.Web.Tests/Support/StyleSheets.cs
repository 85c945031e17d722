using System.Runtime.CompilerServices;

namespace OvermindGui.Web.Tests.Support;

internal static class StyleSheets
{
    public static string Read(string name, [CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/OvermindGui.Web/wwwroot/css", name));
}
