using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Pruning;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Pruning;

/// <summary>What is deleted next, and what is not.</summary>
public sealed class PruningPlanTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);
    private static readonly Retention Everything = new(long.MaxValue / 2, TimeSpan.FromDays(10_000), long.MaxValue / 2);

    private readonly TempProject _project = new TempProject().WithDatabase();

    public PruningPlanTests()
    {
        _project.Execute("INSERT INTO processes(id, name, line_count) VALUES (1, 'web', 0), (2, 'api', 0)");
        _project.Execute("INSERT INTO runs(id, process_id, daemon_id, pid, started_at, ended_at, exit_code, cause, restart_number) VALUES (1, 1, 1, 7, $1, $2, 3, 'start', 0)", Seconds(-40), Seconds(-39));
    }

    [Fact]
    public void Within_the_limits_nothing_goes_and_the_plan_says_when_something_will()
    {
        Store(1, 1_000, days: -10);
        var web = Assert.Single(Plan(Everything with { Age = TimeSpan.FromDays(30) }).Processes);
        Assert.Equal((1_000, 0, "its oldest from 2026-12-17 12:00 on, after 30 days"), (web.Lines, web.Due, PruningMessages.Next(web, Everything with { Age = TimeSpan.FromDays(30) }, TimeZoneInfo.Utc)));
        Assert.Equal(Now.AddDays(-10).ToUnixTimeMilliseconds(), web.Oldest);
    }

    [Fact]
    public void Lines_beyond_the_number_and_the_age_are_counted_once()
    {
        Store(1, 300, days: -40);
        Store(2, 50, days: -40);
        Store(1, 1_000, days: -1);
        var keep = Everything with { Lines = 1_100, Age = TimeSpan.FromDays(30) };
        var plan = Plan(keep);
        var (web, api) = (plan.Processes[0], plan.Processes[1]);
        Assert.Equal((200, 300, 300), (web.TooMany, web.TooOld, web.Due));
        Assert.Equal((0, 50, 50, 350), (api.TooMany, api.TooOld, api.Due, plan.Due));
        Assert.Equal("300 lines now: older than 30 days; more than 1,100 lines", PruningMessages.Next(web, keep, TimeZoneInfo.Utc));
        Assert.Equal(0, Plan(keep, slack: 0.5, believesAge: false).Due);
    }

    [Fact]
    public void Pins_and_stars_protect_and_crashes_and_errors_do_when_they_are_to_be_kept()
    {
        Store(1, 1_000, days: -40);
        _project.Execute("UPDATE lines SET fingerprint = 77, level = 4 WHERE id % 2 = 0 AND id <= 400"); // 200 times the same error
        Store(1, 1_000, days: -1);
        _project.Execute("INSERT INTO bookmarks(line_id, process_id, time, note, created_at) VALUES (100, 1, 0, '', 0)");
        var keep = Everything with { Age = TimeSpan.FromDays(30) };
        var starred = Plan(keep).Processes[0];
        Assert.Equal((41, 0, 959), (starred.PinnedLines, starred.CrashLines, starred.Due));

        // The crash was behind the last of the old lines; of the error the newest ten count.
        var kept = Plan(keep with { Crashes = TimeSpan.FromDays(90) }).Processes[0];
        Assert.Equal((41, CrashContexts.TailLines + (18 + 1 + 2 * ProtectedLines.Neighbours)), (kept.PinnedLines, kept.CrashLines));
        Assert.Equal(1_000 - 41 - kept.CrashLines, kept.Due);
        Assert.Equal(959, Plan(keep with { Crashes = TimeSpan.FromDays(20) }).Processes[0].Due);
    }

    [Fact]
    public void Where_the_database_is_too_large_the_one_that_takes_the_most_room_loses_its_oldest()
    {
        Store(1, 20_000, days: -1, text: "x");
        Store(2, 10_000, days: -1, text: new string('y', 200));
        var used = Plan(Everything).Used;
        var plan = Plan(Everything with { Size = used * 9 / 10 });
        Assert.Equal((0, 2), (plan.Processes[0].Due, plan.NextForSize!.Process));
        Assert.InRange(plan.Processes[1].DueBytes, used / 10, used / 4);
        Assert.StartsWith("about ", PruningMessages.Next(plan.Processes[1], plan.Keep, TimeZoneInfo.Utc), StringComparison.Ordinal);

        // What is pinned goes when nothing else is left.
        _project.Execute("INSERT INTO pinned_runs VALUES (1, 0)");
        _project.Execute("UPDATE runs SET started_at = 0, ended_at = NULL");
        var tiny = Plan(Everything with { Size = 10 << 20 >> 10 });
        Assert.Equal(30_000, tiny.Due);
    }

    [Fact]
    public void A_plan_for_very_many_lines_counts_what_crashes_and_errors_protect()
    {
        var lines = LongRun.Choose(200_000, 1_000_000);
        Store(1, lines, days: -1, text: new string('x', 60));
        _project.Execute("UPDATE lines SET fingerprint = id / 100 % 200, level = 4 WHERE id % 100 = 0");
        _project.Execute(
            "INSERT INTO runs(id, process_id, daemon_id, pid, started_at, ended_at, exit_code, cause, restart_number) SELECT id / 1000 + 10, 1, 1, 7, time / 1000.0, time / 1000.0 + 1, 3, 'start', 0 FROM lines WHERE id % 1000 = 0");
        var keep = Everything with { Age = TimeSpan.FromDays(30), Crashes = TimeSpan.FromDays(90) };

        var plan = Plan(keep);

        Assert.Equal(lines, plan.Processes[0].Lines);
        Assert.InRange(plan.Processes[0].CrashLines, 1, lines);
    }

    [Fact]
    public void A_row_that_makes_no_sense_changes_no_limit()
    {
        var settings = new RetentionSettings(_project.Owner, TimeProvider.System);
        _project.Execute("INSERT INTO retention(id, keep_lines, keep_days, keep_size, keep_crashes, changed_at) VALUES (1, 0, -1, 5, -7, 0)");
        Assert.Equal(Retention.Default, settings.Read().ToRetention());
        Assert.True(settings.Change(new RetentionLimits { Lines = new(100, "") }));
        Assert.Equal(Retention.Default with { Lines = 100 }, settings.Read().ToRetention());
    }

    public void Dispose() => _project.Dispose();

    private static double Seconds(int days) => Now.AddDays(days).ToUnixTimeMilliseconds() / 1000.0;

    private PruningPlan Plan(Retention keep, double slack = 0, bool believesAge = true)
    {
        using var connection = _project.Owner.OpenConnection();
        return PruningPlan.Make(connection, keep, Now, slack, believesAge);
    }

    private void Store(int process, int lines, int days, string text = "a line")
    {
        _project.Execute(
            """
            INSERT INTO lines(process_id, run_id, time, stream, text)
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $2) SELECT $1, 1, $3, 2, $4 FROM n
            """,
            process, lines, Now.AddDays(days).ToUnixTimeMilliseconds(), text);
        _project.Execute("UPDATE processes SET line_count = line_count + $2 WHERE id = $1", process, lines);
        _project.Execute($"INSERT OR REPLACE INTO stored_bytes SELECT $1, sum({LineSize.Sql}) FROM lines WHERE process_id = $1", process);
    }
}
