using OvermindGui.Core.Contracts;
using OvermindGui.Core.Errors;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Application;

/// <summary>Events since a cursor.</summary>
/// <param name="Events">Starts and ends, oldest first; only the newest if there are many.</param>
/// <param name="Lines">Number of new lines per process.</param>
/// <param name="NewErrors">Number of error groups per process that no earlier run had; errors lists them.</param>
/// <param name="Pending">File changes that a reload would apply.</param>
public sealed record ChangesReport(
    int V, IReadOnlyList<ChangeEvent> Events, int? EventsOmitted, IReadOnlyDictionary<string, long> Lines, IReadOnlyDictionary<string, int>? NewErrors, IReadOnlyList<string>? Pending,
    string? Cursor, string? Note);

/// <summary>A start or an end.</summary>
/// <param name="What">started or ended.</param>
/// <param name="By">The initiator of the start.</param>
public sealed record ChangeEvent(string Time, string Process, string What, int? Exit, string? By);

/// <summary>Implements <c>changes</c>.</summary>
public sealed class ChangesQuery(ProjectSession session)
{
    private const int MostEvents = 12;
    private const int MostGroups = 100;

    public ChangesReport Since(string? cursor)
    {
        var database = session.Database;
        var (after, note) = LineCursor.Resolve(database, cursor);
        var snapshot = session.Read();
        var pending = snapshot.Pending?.Lines;
        if (!database.IsReady()) return new ChangesReport(1, [], null, new Dictionary<string, long>(), null, pending, null, note);
        if (after is null)
            return new ChangesReport(
                1, [], null, new Dictionary<string, long>(), null, pending, LineCursor.Newest(database)?.ToString(), note ?? "Without a cursor there is nothing to compare with: ask again with this one");
        using var connection = database.OpenConnection();
        // The time of the newest line that the caller has seen.
        var seen = connection.Query("SELECT time FROM lines WHERE id <= $1 ORDER BY id DESC LIMIT 1", row => row.GetInt64(0) / 1000.0, after) is [var time] ? time : 0;
        var runs = connection.Query(
            "SELECT p.name, r.started_at, r.ended_at, r.exit_code, r.* FROM runs r JOIN processes p ON p.id = r.process_id WHERE r.started_at > $1 OR r.ended_at > $1 ORDER BY r.id DESC LIMIT 200",
            row => (Name: row.GetString(0), Started: row.GetDouble(1), Ended: row.Nullable<double?>(2), Code: row.Nullable<int?>(3), By: row.Newer<string>("started_by")), seen);
        var events = runs.SelectMany(run => Events(run, seen)).OrderBy(e => e.At).Select(e => e.Event).ToList();
        var lines = connection.Query(
            "SELECT p.name, count(*) FROM lines l JOIN processes p ON p.id = l.process_id WHERE l.id > $1 AND l.id > p.cleared_id GROUP BY p.id",
            row => (Name: row.GetString(0), Count: row.GetInt64(1)), after).ToDictionary(l => l.Name, l => l.Count);
        return new ChangesReport(
            1, [.. events.TakeLast(MostEvents)], events.Count > MostEvents ? events.Count - MostEvents : null, lines, NewErrors(seen), pending,
            LineCursor.Newest(database)?.ToString(), note);
    }

    private Dictionary<string, int>? NewErrors(double seen)
    {
        var groups = new ErrorHistory(session.Database).Read(
            new ErrorFilter(ProcessFilter.Everything) { Since = (long)(seen * 1000) + 1, OnlyNew = true, Limit = MostGroups }, session.Time.GetUtcNow()).Groups;
        return groups.Count > 0 ? groups.CountBy(g => g.Process).ToDictionary() : null;
    }

    private IEnumerable<(double At, ChangeEvent Event)> Events((string Name, double Started, double? Ended, int? Code, string? By) run, double seen)
    {
        if (run.Started > seen) yield return (run.Started, new ChangeEvent(Clock(run.Started), run.Name, "started", null, run.By));
        if (run.Ended > seen) yield return (run.Ended.Value, new ChangeEvent(Clock(run.Ended.Value), run.Name, "ended", run.Code, null));
    }

    private string Clock(double seconds) => TimeZoneInfo.ConvertTime(UnixTime.FromSeconds(seconds), session.Time.LocalTimeZone)
        .ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
}
