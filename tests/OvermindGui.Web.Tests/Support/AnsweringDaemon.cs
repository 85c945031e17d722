using Microsoft.EntityFrameworkCore;
using OvermindGui.Core.Storage;

namespace OvermindGui.Web.Tests.Support;

/// <summary>What a daemon does with a command, but for carrying it out.</summary>
internal static class AnsweringDaemon
{
    /// <summary>Waits for the next command, answers it, and returns what it was.</summary>
    public static async Task<(string Command, string? Subject)> AnswerAsync(this StoredProject project, bool succeeded, string outcome)
    {
        using var watcher = new DatabaseChangeWatcher(project.Folder, TimeSpan.FromMilliseconds(20));
        while (true)
        {
            await using (var context = project.Owner.CreateDbContext())
            {
                var pending = context.Commands.Where(c => c.Status == DaemonCommand.Pending);
                if (await pending.AsNoTracking().FirstOrDefaultAsync(TestContext.Current.CancellationToken) is { } command)
                {
                    await context.Commands.Where(c => c.Id == command.Id).ExecuteUpdateAsync(c => c
                        .SetProperty(p => p.Status, DaemonCommand.Completed).SetProperty(p => p.Succeeded, succeeded)
                        .SetProperty(p => p.Outcome, outcome), TestContext.Current.CancellationToken);
                    return (command.Command, command.ProcessName);
                }
            }

            await watcher.WaitAsync(TestContext.Current.CancellationToken);
        }
    }
}
