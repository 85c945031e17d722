using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Alerts;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Daemon.Control;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.OvermindBackend;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Resources;
using OvermindGui.Daemon.Scheduling;
using OvermindGui.Daemon.Supervision;
using OvermindGui.Daemon.Supervision.Failures;
using OvermindGui.Daemon.Watching;
using OvermindGui.Hub.Connecting;
using OvermindGui.Otlp.Connecting;

namespace OvermindGui.Daemon.Hosting;

/// <summary>What a starting daemon has determined and registered.</summary>
/// <param name="Warning">A warning about the start for the user; null when all was well.</param>
/// <param name="Hub">Null without a hub.</param>
/// <param name="Otlp">Null without an engine for logs.</param>
internal sealed record DaemonStart(
    OvermindDatabase Database, Registration Registration, ProjectPlan Plan, PlanSource Source, OrphanScan Orphans, string? Warning, HubOptions? Hub,
    OtlpOptions? Otlp);

/// <summary>Registers the parts of a daemon in a host. Services start in the order of registration, and stop in reverse order.</summary>
internal static class DaemonServices
{
    /// <summary>Puts the parts together; none is made before the first is asked for, and so before there is a start to make it from.</summary>
    /// <param name="start">What the start will have found out, once there is a part to be made.</param>
    /// <param name="overmind">Null where the daemon itself runs the processes.</param>
    public static IHost Build(Func<DaemonStart> start, DaemonOptions options, OvermindTools? overmind, ILoggerFactory loggers)
    {
        // No settings files, variables or default loggers: they would slow the start of the daemon, which takes about 100 ms.
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        var services = builder.Services;
        services.AddSingleton(loggers).AddSingleton<IHostLifetime, DaemonLifetime>();
        services.Configure<HostOptions>(o => o.ShutdownTimeout = Timeout.InfiniteTimeSpan); // each step of the end has its own
        services.AddSingleton(_ => start()).AddSingleton(_ => start().Database).AddSingleton(_ => start().Registration)
            .AddSingleton(_ => start().Plan).AddSingleton(_ => start().Source);
        services.AddSingleton(options).AddSingleton(options.Time).AddSingleton(options.Folder);
        AddPersistence(services, start, options, isNative: overmind is null);
        AddSupervision(services, start, options, overmind);
        AddAlerts(services, start, overmind is null);
        services
            .AddSingleton<AgentPolicyFile>()
            .AddSingleton<CommandDispatcher>()
            .AddSingleton<CommandReader>()
            .AddSingleton<IControlRequestHandler, CommandRequestHandler>()
            .AddSingleton<IControlRequestHandler, StatusRequestHandler>()
            .AddSingleton<IControlRequestHandler, AttachRequestHandler>()
            .AddSingleton<IControlRequestHandler, ResourceRequestHandler>()
            .AddSingleton<IControlRequestHandler, AlertRequestHandler>()
            .AddSingleton<IControlRequestHandler, PruneRequestHandler>()
            .AddSingleton<IMeasurementListener, LimitGuard>()
            .AddSingleton<IMeasurementListener>(p => p.GetRequiredService<AlertEngine>())
            .AddSingleton<ResourceSampler>()
            .AddSingleton<PortWatch>()
            .AddSingleton<ResourceRollup>()
            .AddSingleton<ControlServer>()
            .AddSingleton<ControlService>()
            .AddSingleton<ProjectRegistration>()
            .AddSingleton<DaemonLife>();

        services.AddHostedService<ShippingService>();
        services.AddHostedService<WriterService>();
        AddLoop(services, "Deleting old output", p => p.GetRequiredService<RetentionService>().RunAsync);
        AddLoop(services, "Counting output", p => p.GetRequiredService<LineCountService>().RunAsync);
        AddLoop(services, "Making filters for the search", p => p.GetRequiredService<SearchFilterService>().RunAsync);
        AddLoop(services, "Deleting cleared output", p => p.GetRequiredService<ClearedLinePurger>().RunAsync);
        AddLoop(services, "Evaluating the alerts", p => p.GetRequiredService<AlertEngine>().RunAsync);
        AddLoop(services, "Rolling up the resource samples", p => p.GetRequiredService<ResourceRollup>().RunAsync);
        AddLoop(services, "Measuring resources", p => p.GetRequiredService<ResourceSampler>().RunAsync);
        AddLoop(services, "Watching the ports", p => p.GetRequiredService<PortWatch>().RunAsync);
        AddLoop(services, "Following the failure declarations", p => p.GetRequiredService<FailureDeclarationStore>().RunAsync);
        if (overmind is null) AddLoop(services, "Watching the project's files", p => p.GetRequiredService<PlanWatcher>().RunAsync);
        if (overmind is null) AddLoop(services, "Watching files for the processes", p => p.GetRequiredService<ProcessWatches>().RunAsync);
        if (overmind is null) AddLoop(services, "Following the schedules", p => p.GetRequiredService<ScheduleRunner>().RunAsync);
        if (options.UserState is not null) AddLoop(services, "Keeping the project registered", p => p.GetRequiredService<ProjectRegistration>().KeepAsync);
        AddLoop(services, "Reading commands", p => p.GetRequiredService<CommandReader>().RunAsync);
        var host = builder.Build();
        host.Services.GetRequiredService<ILogger<DaemonLife>>(); // the container's own start, while the database is being opened
        return host;
    }

    private static void AddPersistence(IServiceCollection services, Func<DaemonStart> start, DaemonOptions options, bool isNative) => services
        .AddSingleton<WriteQueue>()
        .AddSingleton(_ => new RunNumbers(start().Registration.LastRunId))
        .AddSingleton(p => new EventRecorder(
            p.GetRequiredService<WriteQueue>(), start().Registration.SystemProcessId, start().Registration.DaemonId, options.Time))
        .AddSingleton(_ => new WriteBuffer(options.HeldOutput))
        .AddSingleton<DatabaseRecovery>()
        .AddSingleton(_ => new StorageFaultFile(options.Folder))
        .AddSingleton<BatchWriter>()
        .AddSingleton(_ =>
        {
            var clock = new ClockJumps(options.Time, options.BootTime);
            if (start().Registration.NewestLine is { } newest) clock.BeginBehind(newest);
            return clock;
        })
        .AddSingleton(p => new CurrentLimits(options.Keep, () => isNative ? p.GetRequiredService<PlanReloader>().LastRead : start().Plan, p.GetRequiredService<EventRecorder>()))
        .AddSingleton<RetentionService>()
        .AddSingleton<LineCountService>()
        .AddSingleton<SearchFilterService>()
        .AddSingleton<ClearedLinePurger>();

    private static void AddSupervision(IServiceCollection services, Func<DaemonStart> start, DaemonOptions options, OvermindTools? overmind)
    {
        services
            .AddSingleton<SupervisedLoops>()
            .AddSingleton<OrphanTerminator>()
            .AddSingleton<StateSignal>()
            .AddSingleton<FailureDeclarationStore>()
            .AddSingleton(p =>
            {
                var watcher = new DatabaseChangeWatcher(options.Folder);
                if (watcher.WatchFailure is { } failure) p.GetRequiredService<ILogger<DatabaseChangeWatcher>>().LogWarning("{Failure}", failure);
                return watcher;
            });
        if (overmind is not null)
        {
            services.AddSingleton<ISupervisor>(p => OvermindMode.Create(
                overmind, options, start().Registration, start().Plan, p.GetRequiredService<FailureDeclarationStore>(),
                p.GetRequiredService<EventRecorder>(), p.GetRequiredService<RunNumbers>(), p.GetRequiredService<WriteQueue>(), options.Time,
                p.GetRequiredService<ILoggerFactory>()));
            return;
        }

        services
            .AddSingleton(p => ChildLauncher.Create(options.Folder, p.GetRequiredService<WriteQueue>(), options.Time))
            .AddSingleton<ProcessFactory>()
            .AddSingleton(p => ActivatorUtilities.CreateInstance<Supervisor>(p, start().Orphans.ToAdopt))
            .AddSingleton<ISupervisor>(p => p.GetRequiredService<Supervisor>())
            .AddSingleton<PlanReloader>()
            .AddSingleton<PlanWatcher>()
            .AddSingleton<ScheduleRunner>()
            .AddSingleton<ProcessWatches>();
    }

    private static void AddAlerts(IServiceCollection services, Func<DaemonStart> start, bool isNative) => services
        .AddSingleton<IAlertPlan>(p => isNative
            ? new AlertPlan(() => p.GetRequiredService<PlanReloader>().LastRead, () => p.GetRequiredService<Supervisor>().Plan)
            : new AlertPlan(() => start().Plan, () => start().Plan))
        .AddSingleton<LineObserver>()
        .AddSingleton<AlertSender>()
        .AddSingleton(p =>
        {
            var engine = ActivatorUtilities.CreateInstance<AlertEngine>(p);
            p.GetRequiredService<EventRecorder>().StatusObserved = engine.Observe;
            p.GetRequiredService<WriteQueue>().LinesObserved = p.GetRequiredService<LineObserver>().Look;
            return engine;
        });

    private static void AddLoop(IServiceCollection services, string name, Func<IServiceProvider, Func<CancellationToken, Task>> loop) =>
        services.AddSingleton<IHostedService>(p => new LoopService(name, loop(p), p.GetRequiredService<SupervisedLoops>()));

    /// <summary>Signals are the command line's business, which knows what they mean to a daemon.</summary>
    private sealed class DaemonLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
