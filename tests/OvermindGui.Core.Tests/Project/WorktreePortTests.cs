using OvermindGui.Core.Control;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Project;

/// <summary>Two checkouts of one project do not fight over ports.</summary>
public sealed class WorktreePortTests : IDisposable
{
    private readonly TempProject _project = new();

    public WorktreePortTests() => File.WriteAllText(_project.Folder.Procfile, "web: serve\n");

    [Fact]
    public void A_linked_worktree_has_a_base_port_of_its_own_and_keeps_it()
    {
        Link("worktrees/feature", "commondir");
        var port = Port(new PlanOptions());
        Assert.InRange(port, 10_000, 29_999);
        Assert.Equal(port, Port(new PlanOptions()));
    }

    [Fact]
    public void A_base_port_that_is_given_counts_there_too()
    {
        Link("worktrees/feature", "commondir");
        Assert.Equal(7_000, Port(new PlanOptions { BasePort = "7000" }));
        File.WriteAllText(Path.Combine(_project.Folder.Root, ".env"), "OVERMIND_PORT=8000\n");
        Assert.Equal(8_000, Port(new PlanOptions()));
    }

    [Fact]
    public void The_main_checkout_a_submodule_and_a_folder_without_Git_keep_5000()
    {
        Assert.Equal(5_000, Port(new PlanOptions()));
        Link("modules/sub", null);
        Assert.Equal(5_000, Port(new PlanOptions()));
        File.Delete(Path.Combine(_project.Folder.Root, ".git"));
        Directory.CreateDirectory(Path.Combine(_project.Folder.Root, ".git"));
        Assert.Equal(5_000, Port(new PlanOptions()));
    }

    public void Dispose() => _project.Dispose();

    private int Port(PlanOptions options) => RecordedPlan.Load(_project.Folder, options).Processes.Single().Port!.Value;

    private void Link(string folder, string? file)
    {
        var git = Directory.CreateDirectory(Path.Combine(_project.Folder.Root, "elsewhere", folder)).FullName;
        File.WriteAllText(Path.Combine(git, "HEAD"), "ref: refs/heads/feature\n");
        if (file is not null) File.WriteAllText(Path.Combine(git, file), "../..\n");
        File.WriteAllText(Path.Combine(_project.Folder.Root, ".git"), $"gitdir: {git}\n");
    }
}
