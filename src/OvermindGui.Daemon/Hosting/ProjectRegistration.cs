using Microsoft.Extensions.Logging;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Registry;
using OvermindGui.Core.Timing;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Hosting;

/// <summary>
/// Keeps the project in the list of its user's projects, also when the folder is moved or the list was deleted. A daemon that cannot write there
/// says so once, and does without.
/// </summary>
internal sealed class ProjectRegistration(DaemonOptions options, EventRecorder recorder, ILogger<ProjectRegistration> logger)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(10);

    private readonly ProjectRegistry? _registry = options.UserState is { } state ? new ProjectRegistry(state) : null;
    private readonly Lock _gate = new();
    private RegisteredProject? _registered;
    private bool _isReported;

    /// <summary>Registers the project now.</summary>
    public void Register()
    {
        if (_registry is null) return;
        using var alone = _gate.EnterScope(); // a slow start is under way when the first look is due
        try
        {
            if (_registered is { } known && known.Root == options.Folder.Root && known.Data == options.Folder.Data && _registry.Contains(known)) return;
            _registered = _registry.Register(options.Folder, options.Arguments, _registered);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (_isReported) return;
            _isReported = true;
            logger.LogWarning("The project cannot be registered: {Reason}", e.Message);
            recorder.SystemNotice($"The project is missing in the list of `overmind-gui projects`: {e.Message}", LineLevel.Warn);
        }
    }

    /// <summary>Looks every few seconds until it is cancelled.</summary>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        while (_registry is not null)
        {
            await Heartbeat.AfterAsync(LookInterval, TimeProvider.System, cancellationToken);
            Register();
        }
    }
}
