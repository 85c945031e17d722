using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Pruning;

namespace OvermindGui.Daemon.Persistence;

/// <summary>
/// The limits of stored output as they are now: set while the daemon runs, by its options, or by the settings file as it was read last. While
/// that file has errors, what it said before counts: a typing mistake must not delete output.
/// </summary>
/// <param name="options">By options and variables.</param>
/// <param name="lastRead">The plan of the files; null where they do not count.</param>
/// <param name="recorder">Keeps what others are to know of it; null without a daemon.</param>
internal sealed class CurrentLimits(RetentionLimits options, Func<ProjectPlan>? lastRead = null, EventRecorder? recorder = null)
{
    private RetentionLimits _file = new();
    private RetentionLimits? _recorded;
    private Retention? _last;

    /// <summary>What applies now.</summary>
    public Retention Read(SqliteConnection connection)
    {
        if (lastRead?.Invoke() is { CanStart: true } plan) _file = plan.Keep;
        var configured = options.Over(_file);
        if (configured != _recorded) recorder?.Limits(_recorded = configured);
        var keep = RetentionSettings.ReadChanged(connection).Over(configured).ToRetention();
        if (_last is not null && keep != _last) recorder?.SystemNotice($"Stored output is limited to {Describe(keep)}");
        return _last = keep;
    }

    private static string Describe(Retention keep) => string.Join(
        ", ", new[]
        {
            $"{Quantity.Lines(keep.Lines)} of each process", Quantity.Of((long)keep.Age.TotalDays, "day", "days"), ByteSize.Of(keep.Size),
            keep.Crashes > TimeSpan.Zero ? $"{Quantity.Of((long)keep.Crashes.TotalDays, "day", "days")} around crashes and errors" : "",
        }.Where(part => part.Length > 0));
}
