using OvermindGui.Core.Project;

namespace OvermindGui.Core.Tests.Project;

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
    public void What_people_write_stays_with_the_project_when_the_rest_is_elsewhere()
    {
        var folder = new ProjectFolder("/srv/shop", "/var/data/");
        Assert.Equal(("/srv/shop", "/var/data", "shop"), (folder.Root, folder.Data, folder.Name));
        Assert.Equal(["/srv/shop/Procfile", "/srv/shop/failure_declarations.json"], [folder.Procfile, folder.Declarations]);
        Assert.Equal(
            [
                "/var/data/overmind.db", "/var/data/overmind-daemon.pid", "/var/data/overmind-daemon.trouble", "/var/data/native-daemon.log",
                "/var/data/overmind-gui.token", "/var/data/overmind-gui.agents",
            ],
            [folder.Database, folder.PidFile, folder.StorageFaultFile, folder.DaemonLog, folder.TokenFile, folder.AgentPolicyFile]);
    }

    [Fact]
    public void The_root_has_a_name_too() => Assert.Equal("/", new ProjectFolder("/").Name);
}
