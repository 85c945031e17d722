using System.Reflection;

namespace OvermindGui.Core.Contracts;

public static class ProductVersion
{
    /// <summary>Version of this build, such as <c>0.1.0</c>.</summary>
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
