using Bunit;
using Microsoft.Extensions.Logging.Abstractions;
using MudBlazor.Services;
using OvermindGui.Core.Data;
using OvermindGui.Core.Processes;
using OvermindGui.Web.Hosting;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Tests.Support;

/// <summary>Components over a real folder, with the services that the host gives them.</summary>
public abstract class DashboardContext : BunitContext
{
    internal const string LogModule = "./_content/OvermindGui.Web/Components/Output/LogView.razor.js";

    protected DashboardContext()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        var module = JSInterop.SetupModule(LogModule);
        module.Mode = JSRuntimeMode.Loose;
        module.SetupModule(call => call.Identifier == "attach").Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton(Project.Folder);
        Services.AddSingleton(OvermindDatabase.ForClient(Project.Folder));
        Services.AddSingleton<CommandClient>();
        Services.AddSingleton<ExitControl>();
        Services.AddSingleton(new WebServerOptions { Folder = Project.Folder, ListenSocket = null! });
        Services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        Services.AddSingleton<OutputFeed>();
        Services.AddSingleton<SystemFeed>();
    }

    protected StoredProject Project { get; } = new();

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        Project.Dispose();
    }

    protected static ProcessInfo Info(string name, ProcessState state, int? exitCode = null, int position = 0) =>
        new(name, position, $"run {name}", state, state.IsUp() ? 42 : null, DateTimeOffset.UtcNow, exitCode is { } code ? new ExitStatus(code) : null, 1_234);

    protected static string Id(string id) => $"[data-testid={id}]";
}
