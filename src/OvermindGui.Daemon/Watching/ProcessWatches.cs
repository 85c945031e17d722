using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision;

namespace OvermindGui.Daemon.Watching;

/// <summary>Keeps a watch for each process whose plan asks for one.</summary>
internal sealed class ProcessWatches(Supervisor supervisor, EventRecorder recorder, StateSignal changes, TimeProvider time)
{
    private static readonly TimeSpan SafetyInterval = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, ProcessWatch> _watches = [];

    /// <summary>Follows the plan until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await AdjustAsync();
                await changes.WaitUntilAsync(HasNews, SafetyInterval).WaitAsync(cancellationToken);
            }
        }
        finally
        {
            foreach (var watch in _watches.Values) await watch.DisposeAsync();
            _watches.Clear();
        }
    }

    private bool HasNews()
    {
        var planned = supervisor.Plan.Processes;
        return planned.Any(p => _watches.GetValueOrDefault(p.Name)?.Rule != p.Watch) || _watches.Keys.Any(name => planned.All(p => p.Name != name));
    }

    private async Task AdjustAsync()
    {
        var planned = supervisor.Plan.Processes;
        foreach (var (name, watch) in _watches.ToList())
        {
            if (planned.FirstOrDefault(p => p.Name == name)?.Watch is { } rule && rule == watch.Rule) continue;
            _watches.Remove(name);
            await watch.DisposeAsync();
        }

        // Setting up watches of a large tree takes a moment, and blocks.
        foreach (var process in planned)
            if (process.Watch is { } rule && !_watches.ContainsKey(process.Name))
                _watches[process.Name] = await Task.Run(() => new ProcessWatch(process.Name, rule, supervisor, recorder, time));
    }
}
