using System.CommandLine;
using System.Globalization;
using OvermindGui.Core.Application;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Project;
using OvermindGui.Core.Pruning;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Hosting;
using OvermindGui.Invocation;
using OvermindGui.Options;
using OvermindGui.Output;

namespace OvermindGui.Commands;

/// <summary><c>prune</c>: deletes stored output that exceeds the limits, or shows what that would be.</summary>
internal static class PruneCommand
{
    public static Command Create()
    {
        var command = new Command("prune", "Delete stored output that exceeds the limits now; with --dry-run show what is stored and what would be deleted");
        var dryRun = new Option<bool>("--dry-run", "-n") { Description = "Delete nothing" };
        var set = new Option<bool>("--set") { Description = "Delete nothing, but set the limits for as long as the project is there; those that are not named are set back to options and settings file" };
        var json = new Option<bool>("--json") { Description = "With --dry-run: one JSON object" };
        var keep = new KeepFlags(withVariables: false);
        var folder = new FolderArguments();
        command.Add(dryRun);
        command.Add(set);
        command.Add(json);
        keep.AddTo(command);
        folder.AddTo(command, withPath: false);
        json.Validators.Add(result =>
        {
            if (result.Valid<bool>() && result.GetResult(dryRun)?.Valid<bool>() != true) result.AddError("--json: expected together with --dry-run");
        });
        set.Validators.Add(result =>
        {
            if (result.Valid<bool>() && result.GetResult(dryRun)?.Valid<bool>() == true) result.AddError("--set: expected without --dry-run");
        });
        command.SetFailableAction(words =>
        {
            var (place, limits) = (folder.Folder(words), keep.Read(words));
            if (words.GetValue(set))
            {
                Set(OvermindDatabase.In(place), limits);
                return Task.FromResult(0);
            }

            if (!words.GetValue(dryRun)) return PruneAsync(place, limits);
            Show(OvermindDatabase.In(place), limits, words.GetValue(json));
            return Task.FromResult(0);
        });
        return command;
    }

    private static async Task<int> PruneAsync(ProjectFolder folder, RetentionLimits limits)
    {
        _ = Ready(OvermindDatabase.In(folder));
        using var stop = new CancellationSignals();
        try
        {
            var instead = limits.IsEmpty ? null : limits;
            if (await PruneRequest.SendAsync(folder, instead, stop.Token) is { } outcome)
            {
                if (!outcome.Succeeded) throw new CommandFailure($"Error: {outcome.Message}");
                Console.WriteLine($"✓ {outcome.Message}");
                return 0;
            }

            var done = await OfflinePruning.RunAsync(folder, instead, TimeProvider.System, stop.Token)
                ?? throw new CommandFailure($"Error: A daemon runs, but its socket {folder.Socket} cannot be reached; it deletes what exceeds the limits within ten seconds by itself");
            Console.WriteLine($"✓ {done}");
            return 0;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return stop.ExitCode;
        }
        catch (StartupException e)
        {
            throw new CommandFailure($"Error: {e.Message}");
        }
    }

    private static void Set(OvermindDatabase database, RetentionLimits limits)
    {
        var settings = new RetentionSettings(Ready(database), TimeProvider.System);
        if (!settings.Change(limits)) throw TooOld(database);
        Console.WriteLine($"Limits: {Limits(settings.Read())}");
        Console.WriteLine("A running daemon follows them within ten seconds");
    }

    private static CommandFailure TooOld(OvermindDatabase database) =>
        new($"Error: {database.Folder.Database} was written by an older version; it is upgraded when a daemon of this version starts");

    private static OvermindDatabase Ready(OvermindDatabase database) =>
        database.IsReady() ? database : throw new CommandFailure($"Error: No output is stored in {database.Folder}");

    private static void Show(OvermindDatabase database, RetentionLimits asked, bool json)
    {
        using var connection = Ready(database).OpenConnection();
        if (!connection.HasTable("retention"))
            throw TooOld(database);
        var limits = asked.Over(RetentionSettings.Read(connection));
        var plan = PruningPlan.Make(connection, limits.ToRetention(), TimeProvider.System.GetUtcNow());
        if (json)
        {
            Console.WriteLine(ApplicationJson.Write(RetentionReport.Of(limits, plan, TimeZoneInfo.Local)));
            return;
        }

        Console.WriteLine($"Limits: {Limits(limits)}");
        Console.WriteLine($"Database: {ByteSize.Of(plan.Used)} of {ByteSize.Of(plan.Keep.Size)}");
        Console.WriteLine();
        Write("PROCESS", "LINES", "SIZE", "OLDEST", "PROTECTED", "GOES NOW", "WHY, OR WHAT GOES NEXT");
        foreach (var process in plan.Processes)
            Write(
                VisibleText.Of(process.Process), Number(process.Lines), process.Bytes is { } bytes ? ByteSize.Of(bytes) : "?",
                process.Oldest is { } oldest ? LineTime.Of(oldest).ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : "-",
                Number(process.PinnedLines + process.CrashLines), Number(process.Due),
                PruningMessages.Reason(process, plan.Keep) ?? PruningMessages.Next(process, plan.Keep, TimeZoneInfo.Local));
        Console.WriteLine();
        Console.WriteLine(plan.Due == 0
            ? "Nothing exceeds the limits"
            : $"Would delete {Quantity.Lines(plan.Due)}, about {ByteSize.Of(plan.Processes.Sum(p => p.DueBytes))}; nothing was deleted");
    }

    private static string Limits(RetentionLimits limits) => limits is { Lines: { } lines, Age: { } age, Size: { } size, Crashes: { } crashes }
        ? $"{Quantity.Lines(lines.Value)} of each process ({lines.Source}), {Quantity.Of((long)age.Value.TotalDays, "day", "days")} ({age.Source}), "
            + $"{LimitText.OfSize(size.Value)} ({size.Source}), around crashes and errors {LimitText.OfCrashes(crashes.Value)} ({crashes.Source})"
        : "";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static void Write(params string[] cells) =>
        Console.WriteLine($"{cells[0],-15} {cells[1],12} {cells[2],8}  {cells[3],-19} {cells[4],10} {cells[5],12}  {cells[6]}".TrimEnd());
}
