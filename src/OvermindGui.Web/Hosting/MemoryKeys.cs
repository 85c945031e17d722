using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;

namespace OvermindGui.Web.Hosting;

/// <summary>
/// Keys for one life of the dashboard; no file in anybody's home. The framework's ephemeral provider is not enough: the key ring is
/// filled at start all the same, and that writes to <c>~/.aspnet</c>.
/// </summary>
internal sealed class MemoryKeys : IXmlRepository
{
    private readonly Lock _gate = new();
    private readonly List<XElement> _elements = [];

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        lock (_gate) return [.. _elements];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        lock (_gate) _elements.Add(element);
    }
}

internal static class MemoryKeysHost
{
    public static void AddMemoryKeys(this IServiceCollection services)
    {
        services.AddDataProtection();
        services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = new MemoryKeys());
    }
}
