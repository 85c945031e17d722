using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Project.Planning;

/// <summary>Decides what happens when a process ends unexpectedly.</summary>
/// <param name="ExitWithAny">Overmind's rule: when one process ends, all are stopped. Entries that can die are exempt.</param>
public sealed record ExitPolicy(bool ExitWithAny, bool AnyCanDie, EntryList CanDie, EntryList AutoRestart)
{
    public RestartRule RestartOf(string entry) =>
        AutoRestart.Has(entry) || AutoRestart.Has(Formation.All) ? RestartRule.Always : RestartRule.Never;

    /// <summary>Processes that are restarted never end the others.</summary>
    public bool StopsAllOnExit(string entry) =>
        ExitWithAny && !AnyCanDie && !CanDie.Has(entry) && RestartOf(entry) == RestartRule.Never;

    /// <summary>Describes the exit policy.</summary>
    public override string ToString()
    {
        var spared = CanDie.Names.Except(AutoRestart.Names).Order(StringComparer.Ordinal).ToList();
        var restarted = AutoRestart.Has(Formation.All)
            ? "every process"
            : PlainText.Names([.. AutoRestart.Names.Order(StringComparer.Ordinal)]);
        var rule = !ExitWithAny || AnyCanDie ? "other processes keep running"
            : spared.Count == 0 ? "when a process ends, all are stopped"
            : $"when a process other than {PlainText.Names(spared)} ends, all are stopped";
        return restarted.Length == 0 ? rule : $"{rule}; {restarted} is restarted whenever it ends";
    }

    internal static ExitPolicy Read(PlanOptions options, SettingReader reader)
    {
        var canDie = EntryList.From(reader.GetValue(options.CanDie, "--can-die", "OVERMIND_CAN_DIE"));
        var anyCanDie = reader.Switch(options.AnyCanDie, "--any-can-die", "OVERMIND_ANY_CAN_DIE") ?? false;
        // Setting which processes can die implies that all others stop everything.
        var exitWithAny = reader.Switch(options.ExitWithAny, "--exit-with-any", "OVERMIND_GUI_EXIT_WITH_ANY") ?? (canDie.IsGiven || anyCanDie);
        var autoRestart = EntryList.From(reader.GetValue(options.AutoRestart, "--auto-restart", "OVERMIND_AUTO_RESTART"));
        return new ExitPolicy(exitWithAny, anyCanDie, canDie, autoRestart);
    }
}
