using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Control;

/// <summary>How much longer than by default a command to a folder's processes may take, because they are given more time to end.</summary>
internal static class StopAllowance
{
    private static readonly TimeSpan Default = TimeSpan.FromSeconds(5);

    public static TimeSpan Of(OvermindDatabase database)
    {
        var plan = RecordedPlan.Load(database.Folder, RecordedPlan.LivingOptions(database));
        var longest = plan.Processes.Select(p => p.StopTimeout).DefaultIfEmpty(Default).Max();
        return longest > Default ? longest - Default : TimeSpan.Zero;
    }
}
