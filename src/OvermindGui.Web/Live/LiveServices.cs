using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;

namespace OvermindGui.Web.Live;

internal static class LiveServices
{
    public static void AddLive(this WebApplicationBuilder builder, ProjectFolder folder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(folder);
        services.AddSingleton(OvermindDatabase.In(folder));
        services.AddSingleton<IChangeSource>(p => p.GetRequiredService<ChangeBroadcaster>()).AddSingleton<ChangeBroadcaster>().AddHostedService(p => p.GetRequiredService<ChangeBroadcaster>());
        services.AddSingleton<OutputFeed>().AddHostedService(p => p.GetRequiredService<OutputFeed>());
        services.AddSingleton<AlertNotifications>().AddHostedService(p => p.GetRequiredService<AlertNotifications>());
        services.AddSingleton<ResourceFeed>().AddHostedService(p => p.GetRequiredService<ResourceFeed>());
        services.AddSingleton<SystemFeed>().AddHostedService(p => p.GetRequiredService<SystemFeed>());
    }
}
