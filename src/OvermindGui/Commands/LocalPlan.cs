using OvermindGui.Core.Planning;
using OvermindGui.Core.Projects;

namespace OvermindGui.Commands;

/// <summary>The plan of a folder as a daemon would make it that is started here and now.</summary>
internal static class LocalPlan
{
    public static ProjectPlan Load(ProjectFolder folder, PlanOptions options) => RecordedPlan.Load(folder, options);
}
