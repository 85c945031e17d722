using OvermindGui.Core.Projects;

namespace OvermindGui.Core.Tests.Projects;

public class ProjectFolderTests
{
    [Fact]
    public void File_names_are_a_contract_with_scripts()
    {
        var folder = new ProjectFolder("/srv/shop/");
        Assert.Equal(("/srv/shop", "shop"), (folder.Root, folder.Name));
        Assert.Equal(
            ["/srv/shop/Procfile", "/srv/shop/overmind.db", "/srv/shop/overmind-daemon.pid", "/srv/shop/native-daemon.log"],
            [folder.Procfile, folder.Database, folder.PidFile, folder.DaemonLog]);
    }

    [Fact]
    public void The_root_has_a_name_too() => Assert.Equal("/", new ProjectFolder("/").Name);
}
