using System.Runtime.Versioning;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project;
using OvermindGui.Core.Registry;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Registry;

[SupportedOSPlatform("linux")]
public sealed class RegistryTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _root = Directory.CreateTempSubdirectory("overmind-gui-core-tests-").FullName;

    private UserState State => new(Path.Combine(_root, "state", "overmind-gui"));

    private ProjectRegistry Registry => new(State);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_registered_project_is_listed_with_its_folders_and_options()
    {
        Registry.Register(Folder("shop", data: "elsewhere"), ["--base-port=6000"]);

        var project = Assert.Single(Registry.Read());
        Assert.Equal("shop", project.Name);
        Assert.Equal((Full("shop"), Full("elsewhere")), (project.Root, project.Data));
        Assert.Equal(["--base-port=6000"], project.Arguments);
        Assert.Equal(project.Root, Registry.Find("shop")?.Root);
    }

    [Fact]
    public void Only_the_owner_can_enter_the_registry()
    {
        Registry.Register(Folder("shop"), []);

        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(State.Path));
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(State.Path, "projects")));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Path.Combine(State.Path, "projects", "shop.json")));
    }

    [Fact]
    public void A_registry_that_others_could_read_is_closed()
    {
        Directory.CreateDirectory(State.Path, OwnerOnly | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        Registry.Register(Folder("shop"), []);

        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(State.Path));
    }

    [Fact]
    public void Two_folders_of_one_name_get_different_names_and_keep_them()
    {
        var (one, other) = (Folder("one/app"), Folder("other/app"));

        Assert.Equal("app", Registry.Register(one, []).Name);
        Assert.Equal("app-2", Registry.Register(other, []).Name);
        Assert.Equal("app-2", Registry.Register(other, ["--watch"]).Name);
        Assert.Equal("app", Registry.Register(one, []).Name);
        Assert.Equal(["app", "app-2"], Registry.Read().Select(p => p.Name));
    }

    [Fact]
    public void A_folder_that_is_reached_by_a_link_is_the_same_project()
    {
        Registry.Register(Folder("app"), []);
        Directory.CreateSymbolicLink(Full("link"), Full("app"));

        Assert.Equal("app", Registry.Register(new ProjectFolder(Full("link")), []).Name);
        Assert.Single(Registry.Read());
    }

    [Fact]
    public void A_project_that_is_moved_keeps_its_name()
    {
        Registry.Register(Folder("other"), []);
        var before = Registry.Register(Folder("app"), []);
        Directory.Move(Full("app"), Full("moved"));

        Assert.Equal("app", Registry.Register(new ProjectFolder(Full("moved")), [], before).Name);
        Assert.Equal([Full("moved"), Full("other")], Registry.Read().Select(p => p.Root));
    }

    [Theory]
    [InlineData("my app (2)", "my-app--2")]
    [InlineData("...", "project")]
    [InlineData("приложение", "project")]
    public void A_name_can_stand_in_an_address(string folder, string name) => Assert.Equal(name, Registry.Register(Folder(folder), []).Name);

    [Fact]
    public async Task Daemons_that_register_at_once_all_get_a_name_of_their_own()
    {
        var folders = Enumerable.Range(0, 20).Select(i => Folder($"{i}/app")).ToList();

        var names = await Task.WhenAll(folders.Select(folder => Task.Run(() => Registry.Register(folder, []).Name)));

        Assert.Equal(20, names.Distinct().Count());
        Assert.Equal(names.Order(StringComparer.Ordinal), Registry.Read().Select(p => p.Name));
        Assert.Empty(Directory.EnumerateFiles(State.Path, "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_project_that_is_there_twice_is_there_once_after_it_registers()
    {
        var (app, file) = (Folder("app"), Path.Combine(State.Path, "projects"));
        Registry.Register(app, []);
        File.Copy(Path.Combine(file, "app.json"), Path.Combine(file, "app-2.json"));
        Assert.Equal(2, Registry.Read().Count);

        Assert.Equal(Assert.Single(Registry.Read(), p => p.Name == "app").Place, Registry.Register(app, []).Place);
        Assert.Single(Registry.Read());
    }

    [Fact]
    public void A_link_in_place_of_the_registry_is_not_followed()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(State.Path)!);
        Directory.CreateSymbolicLink(State.Path, Directory.CreateDirectory(Full("foreign")).FullName);

        Assert.Contains("links are not followed", Assert.Throws<IOException>(() => Registry.Register(Folder("app"), [])).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Full("foreign")));
    }

    [Fact]
    public void A_link_in_place_of_an_entry_is_neither_read_nor_written()
    {
        Registry.Register(Folder("app"), []);
        var entry = Path.Combine(State.Path, "projects", "app.json");
        File.Move(entry, Full("foreign.json"));
        File.CreateSymbolicLink(entry, Full("foreign.json"));
        var before = File.ReadAllText(Full("foreign.json"));

        Assert.Empty(Registry.Read());
        Assert.Equal("app-2", Registry.Register(Folder("app"), ["--watch"]).Name);
        Assert.Equal(before, File.ReadAllText(Full("foreign.json")));
    }

    [Fact]
    public void A_registry_in_a_folder_that_every_user_may_write_is_refused()
    {
        var open = Directory.CreateDirectory(Path.GetDirectoryName(State.Path)!);
        open.UnixFileMode |= UnixFileMode.OtherWrite;
        Assert.Throws<IOException>(() => Registry.Register(Folder("app"), []));

        open.UnixFileMode |= UnixFileMode.StickyBit; // as /tmp
        Assert.Equal("app", Registry.Register(Folder("app"), []).Name);
    }

    [Fact]
    public void What_is_no_entry_is_passed_over()
    {
        Registry.Register(Folder("app"), []);
        File.WriteAllText(Path.Combine(State.Path, "projects", "half.json"), "{\"v\":1,\"folder\":\"/");
        File.WriteAllText(Path.Combine(State.Path, "projects", "relative.json"), "{\"v\":1,\"folder\":\"a\",\"data\":\"a\",\"place\":\"a\",\"arguments\":[]}");

        Assert.Equal(["app"], Registry.Read().Select(p => p.Name));
        Assert.Null(Registry.Find("../projects/app"));
    }

    [Fact]
    public void A_dashboard_is_listed_as_long_as_it_serves()
    {
        var (dashboards, app) = (new DashboardRegistry(State), Folder("app"));

        using (dashboards.Register(app, new Uri("http://localhost:8001/")))
        using (dashboards.Register(Folder("shop"), new Uri("http://localhost:8002/")))
            Assert.Equal([new Uri("http://localhost:8001/")], dashboards.Read()[app.Data]);

        Assert.Empty(dashboards.Read());
    }

    [Fact]
    public void The_file_of_a_dashboard_that_was_killed_is_removed()
    {
        var dashboards = new DashboardRegistry(State);
        using (dashboards.Register(Folder("app"), new Uri("http://localhost:8001/")))
            File.WriteAllText(Path.Combine(State.Path, "dashboards", "killed.json"), $$"""{"v":1,"place":"{{Full("app")}}","address":"http://localhost:8002/"}"""); // no one holds it

        Assert.Empty(dashboards.Read());
        Assert.Empty(Directory.GetFiles(Path.Combine(State.Path, "dashboards")));
    }

    [Fact]
    public async Task A_project_without_a_daemon_is_stopped_and_leaves_the_list_with_its_data()
    {
        using var project = new TempProject().WithDatabase().WithProcess("web", ProcessState.Dead, exitCode: 3);
        Registry.Register(project.Folder, []);

        var report = Assert.Single(await ReadAsync());
        Assert.Equal(("stopped", 1, 0, 1), (report.State, report.Processes, report.Running, report.Failed));
        Assert.Equal(1_000, report.Since);

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        File.Delete(project.Folder.Database);
        Assert.Empty(await ReadAsync());
        Assert.Empty(Registry.Read());
    }

    [Fact]
    public async Task A_damaged_database_holds_up_no_other_project()
    {
        using var sound = new TempProject().WithDatabase();
        using var damaged = new TempProject().WithDatabase();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        using (var file = File.OpenWrite(damaged.Folder.Database))
        {
            file.Position = 100; // behind the header
            file.Write(new byte[8192]);
        }

        Registry.Register(sound.Folder, []);
        Registry.Register(damaged.Folder, []);

        var reports = (await ReadAsync()).ToDictionary(r => r.Folder);

        Assert.Equal("stopped", reports[sound.Folder.Root].State);
        Assert.Equal("unreadable", reports[damaged.Folder.Root].State);
        Assert.NotNull(reports[damaged.Folder.Root].Problem);
    }

    [Fact]
    public async Task A_stopped_project_that_every_user_may_write_says_so()
    {
        using var project = new TempProject().WithDatabase().WithProcfile("web: true");
        File.SetUnixFileMode(project.Folder.Procfile, OwnerOnly | UnixFileMode.OtherWrite);
        Registry.Register(project.Folder, []);

        Assert.Equal($"every user may write to {project.Folder.Procfile}", Assert.Single(await ReadAsync()).Problem);
    }

    private Task<IReadOnlyList<ProjectReport>> ReadAsync() => new ProjectsQuery(State, TimeProvider.System).ReadAsync(TestContext.Current.CancellationToken);

    private string Full(string path) => Path.Combine(_root, path);

    private ProjectFolder Folder(string path, string? data = null)
    {
        Directory.CreateDirectory(Full(path));
        if (data is not null) Directory.CreateDirectory(Full(data));
        return new ProjectFolder(Full(path), data is null ? null : Full(data));
    }
}
