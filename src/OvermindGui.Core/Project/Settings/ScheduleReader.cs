using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Core.Project.Settings;

/// <summary>Reads <c>schedule</c>: a cron line, or a map with its options.</summary>
internal sealed class ScheduleReader(ValueReader values)
{
    private static readonly Dictionary<string, ScheduleOverlap> Overlaps = new()
    {
        ["skip"] = ScheduleOverlap.Skip,
        ["queue"] = ScheduleOverlap.Queue,
        ["replace"] = ScheduleOverlap.Replace,
    };

    private static readonly Dictionary<string, bool> Missed = new() { ["skip"] = false, ["once"] = true };

    /// <summary>Null when it is invalid.</summary>
    public Schedule? Read(Field field)
    {
        if (field.Node is not MapNode) return Cron(field) is { } line ? new Schedule(line, null, ScheduleOverlap.Skip, RunsMissed: false) : null;
        string? cron = null, zone = null;
        var (overlap, missed, isGiven) = (ScheduleOverlap.Skip, false, false);
        values.Keys(field, new Dictionary<string, Action<Field>>
        {
            ["cron"] = f => (cron, isGiven) = (Cron(f), true),
            ["timezone"] = f => zone = Zone(f),
            ["overlap"] = f => overlap = values.Word(f, Overlaps) ?? overlap,
            ["missed"] = f => missed = values.Word(f, Missed) ?? missed,
        });
        if (!isGiven) values.AddError(field.Node.Place, $"{field.Path}: expected a key cron, such as cron: \"*/5 * * * *\"");
        return cron is null ? null : new Schedule(cron, zone, overlap, missed);
    }

    private string? Cron(Field field)
    {
        if (values.Text(field) is not { } cron) return null;
        if (Schedule.FindProblem(cron) is not { } problem) return cron;
        values.AddError(field.Node.Place, $"{field.Path}: expected five fields (minute, hour, day, month, weekday), found {field.Node.Described}: {problem}");
        return null;
    }

    private string? Zone(Field field)
    {
        if (values.Text(field) is not { } zone) return null;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)) return zone;
        values.Expected("a time zone of this machine, such as Europe/Berlin or UTC", field);
        return null;
    }
}
