using Bunit;
using Microsoft.EntityFrameworkCore;
using OvermindGui.Web.Components.Log;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Log;

public sealed class ScopeChipsTests : DashboardContext
{
    [Fact]
    public async Task A_run_is_called_by_its_process_and_its_number_among_the_runs_of_that()
    {
        Project.WithDatabase().Append("web", "one");
        Project.Append("mailer", "two");
        await using (var context = Project.Owner.CreateDbContext())
            await context.Database.ExecuteSqlRawAsync(
                """
                INSERT INTO runs(id, process_id, daemon_id, pid, started_at, cause, restart_number)
                VALUES (1, 1, 1, 1, 1, 'start', 0), (2, 2, 1, 2, 2, 'start', 0), (3, 2, 1, 3, 3, 'failure', 1)
                """, Cancellation);

        LogQuery? chosen = null;
        var chips = Render<ScopeChips>(p => p.Add(c => c.Query, LogQuery.None with { Run = 3 }).Add(c => c.QueryChanged, query => chosen = query));
        chips.WaitForAssertion(() => Assert.StartsWith("mailer #2", chips.Find("[data-testid=scope-run]").TextContent, StringComparison.Ordinal));

        await chips.Find("[data-testid=scope-run-clear]").ClickAsync();
        Assert.Null(chosen!.Run);
        chips.Render(p => p.Add(c => c.Query, LogQuery.None with { Run = 99 }));
        chips.WaitForAssertion(() => Assert.StartsWith("one run", chips.Find("[data-testid=scope-run]").TextContent, StringComparison.Ordinal)); // deleted meanwhile
    }
}
