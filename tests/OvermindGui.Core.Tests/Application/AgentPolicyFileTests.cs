using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Application;

public sealed class AgentPolicyFileTests : IDisposable
{
    private readonly TempProject _project = new();

    [Theory]
    [InlineData(AgentTier.None)]
    [InlineData(AgentTier.Read)]
    [InlineData(AgentTier.Control)]
    [InlineData(AgentTier.Run)]
    public void What_is_chosen_applies(AgentTier tier)
    {
        new AgentPolicyFile(_project.Folder).Write(tier);
        Assert.Equal(tier, new AgentPolicyFile(_project.Folder).Read());
        Assert.Equal([_project.Folder.AgentPolicyFile], Directory.GetFiles(_project.Folder.Data, "overmind-gui.*")); // no temporary file is left
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_project.Folder.AgentPolicyFile));
    }

    [Fact]
    public void Without_a_choice_every_tier_is_allowed() => Assert.Equal(AgentTier.Run, new AgentPolicyFile(_project.Folder).Read());

    [Theory]
    [InlineData("")]
    [InlineData("everything")]
    [InlineData("run and hide")]
    public void A_file_that_is_not_understood_allows_reading_only(string content)
    {
        File.WriteAllText(_project.Folder.AgentPolicyFile, content);
        Assert.Equal(AgentTier.Read, new AgentPolicyFile(_project.Folder).Read());
    }

    [Fact]
    public void A_link_is_not_followed()
    {
        File.WriteAllText(_project.Folder.AgentPolicyFile + ".target", "run");
        File.CreateSymbolicLink(_project.Folder.AgentPolicyFile, _project.Folder.AgentPolicyFile + ".target");
        Assert.Equal(AgentTier.Read, new AgentPolicyFile(_project.Folder).Read());
    }

    public void Dispose() => _project.Dispose();
}
