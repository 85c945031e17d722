namespace OvermindGui.Core.Project.Planning;

/// <summary>Describes what happens when a process ends unexpectedly.</summary>
public static class RuleFormatter
{
    public static string Of(PlannedProcess process) => process switch
    {
        { Schedule: { } schedule } => $"runs by its schedule, {schedule.Cron}",
        { Restart: RestartRule.Always } => "started again whenever it ends",
        { Restart: RestartRule.OnFailure } => "started again when it fails",
        { StopAllOnExit: true } => "when it ends, everything is stopped",
        { OneShot: true } => "does its work and ends",
        _ => "when it ends, the others keep running",
    };
}
