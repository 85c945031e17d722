using ArchUnitNET.Loader;


namespace OvermindGui.Architecture.Tests;

/// <summary>
/// Dependencies point down. Each list below names a project's folders from the bottom up; a type may use types of its own folder and of
/// those before it, never of one after it. A folder that is missing here fails, so that a new one gets its place.
/// </summary>
public sealed class LayerTests
{
    private static readonly ArchUnitNET.Domain.Architecture Product = new ArchLoader().LoadAssemblies(
        typeof(Core.Project.ProjectFolder).Assembly, typeof(Hub.Model.HubDatabase).Assembly, typeof(Otlp.Exporting.OtlpTarget).Assembly, typeof(Daemon.Hosting.DaemonHost).Assembly, typeof(Web.WebServer).Assembly, typeof(Mcp.ProjectServer).Assembly,
        System.Reflection.Assembly.Load("overmind-gui")).Build();

    private const string Executable = "OvermindGui";

    public static TheoryData<string, string[]> Layers => new()
    {
        {
            "OvermindGui.Core",
            ["Contracts", "Timing", "Secrets", "Posix", "Terminal", "Levels", "Watching", "Project", "Storage", "Shipping", "Output", "Errors", "Failures", "Control", "Resources", "Alerts", "Pruning", "Checks", "Registry", "Application"]
        },
        {
            "OvermindGui.Hub",
            ["Connecting", "Model", "Commands", "Shipping", "Reading"]
        },
        {
            "OvermindGui.Otlp",
            ["Protocol", "Connecting", "Exporting"]
        },
        {
            "OvermindGui.Daemon",
            ["Persistence", "Configuration", "Capture", "Launching", "Supervision", "OvermindBackend", "Resources", "Watching", "Scheduling", "Alerts", "Control", "Hosting"]
        },
        {
            "OvermindGui.Web",
            ["Configuration", "Http", "Security", "Live", "Hosting", "Api", "Agents", "Components", "HubView", ""]
        },
        {
            Executable,
            ["Invocation", "Output", "Hosting", "Options", "Connections", "Export", "Agents", "Completion", "Containers", "Commands"]
        },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_folder_uses_only_the_folders_below_it(string project, string[] folders)
    {
        var wrong =
            from type in Product.Types
            let user = FolderOf(type.FullName, project)
            where user is not null
            from dependency in type.Dependencies
            let used = FolderOf(dependency.Target.FullName, project)
            where used is not null && Array.IndexOf(folders, used) > Array.IndexOf(folders, user)
            select $"{type.FullName} uses {dependency.Target.FullName}";
        Assert.Empty(wrong.Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void Every_folder_has_a_place(string project, string[] folders) => Assert.Equal(
        folders.Order(),
        Product.Types.Select(type => FolderOf(type.FullName, project)).OfType<string>().Distinct().Order());

    [Fact]
    public void The_page_and_the_tools_of_agents_read_the_history_through_the_application_layer()
    {
        string[] readers = ["OutputHistory", "TextSearch", "OutputSearch", "OutputReader", "SystemReader"];
        var wrong =
            from type in Product.Types
            where type.FullName.StartsWith("OvermindGui.Web.Components", StringComparison.Ordinal) || type.FullName.StartsWith("OvermindGui.Mcp", StringComparison.Ordinal)
            from dependency in type.Dependencies
            where readers.Contains(dependency.Target.Name) && dependency.Target.FullName.StartsWith("OvermindGui.Core", StringComparison.Ordinal)
            select $"{type.FullName} uses {dependency.Target.FullName}";
        Assert.Empty(wrong.Distinct().Order());
    }

    // "OvermindGui.Core.Project.Planning.PortRange" is in Project; a type of the project's own namespace is in "".
    private static string? FolderOf(string type, string project)
    {
        if (!type.StartsWith(project + ".", StringComparison.Ordinal)) return null;
        var names = type[(project.Length + 1)..].Split('.', '+', '/', '<', '`');
        if (project == Executable && names[0] is "Core" or "Hub" or "Otlp" or "Daemon" or "Web" or "Mcp") return null; // projects of their own
        return names.Length > 1 && type[(project.Length + 1)..].Contains('.', StringComparison.Ordinal) ? names[0] : "";
    }
}
