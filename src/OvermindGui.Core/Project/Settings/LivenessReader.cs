namespace OvermindGui.Core.Project.Settings;

/// <summary>Reads <c>liveness</c>: at most one kind of check, and how often and how patiently it is made.</summary>
internal sealed class LivenessReader(ValueReader values)
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DefaultStartPeriod = TimeSpan.FromSeconds(30);
    private const int DefaultFailures = 3;
    private const int MostFailures = 1_000;

    private static readonly Dictionary<string, bool> Actions = new() { ["restart"] = true, ["alert"] = false };

    /// <summary>Null when it is invalid.</summary>
    public LivenessSetting? Read(Field field)
    {
        var ways = new List<(ReadyKind Kind, Field Target)>();
        TimeSpan? interval = null, timeout = null, startPeriod = null;
        int? failures = null;
        bool? restarts = null;
        values.Keys(field, new Dictionary<string, Action<Field>>
        {
            ["tcp"] = f => ways.Add((ReadyKind.Tcp, f)),
            ["http"] = f => ways.Add((ReadyKind.Http, f)),
            ["log"] = f => ways.Add((ReadyKind.Log, f)),
            ["command"] = f => ways.Add((ReadyKind.Command, f)),
            ["interval"] = f => interval = values.Duration(f),
            ["timeout"] = f => timeout = values.Duration(f),
            ["failures"] = f => failures = values.Number(f, 1, MostFailures),
            ["start_period"] = f => startPeriod = values.Duration(f),
            ["action"] = f => restarts = values.Word(f, Actions),
        });
        if (field.Node is not MapNode) return null; // already reported, or nothing
        if (ways.Count > 1)
        {
            var found = string.Join(" and ", ways.Select(w => w.Kind.ToString().ToLowerInvariant()));
            values.AddError(field.Node.Place, $"{field.Path}: expected one of tcp, http, log and command, found {found}");
            return null;
        }

        var setting = new LivenessSetting(
            null, interval ?? DefaultInterval, timeout ?? DefaultTimeout, failures ?? DefaultFailures, startPeriod ?? DefaultStartPeriod, restarts ?? true,
            field.Node.Place);
        if (ways is not [var way]) return setting;
        return new ReadyReader(values).ReadTarget(way.Kind, way.Target) is { } target
            ? setting with { Target = new ReadySetting(way.Kind, target, setting.Interval, setting.Timeout, way.Target.Node.Place) }
            : null;
    }
}
