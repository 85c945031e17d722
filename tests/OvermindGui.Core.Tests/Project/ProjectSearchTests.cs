using System.Diagnostics;
using System.Runtime.Versioning;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Tests.Project;

[SupportedOSPlatform("linux")]
public sealed class ProjectSearchTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("overmind-gui-core-tests-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("Procfile")]
    [InlineData("Procfile.dev")]
    [InlineData("overmind.db")]
    [InlineData("overmind-gui.yaml")]
    [InlineData(".foreman")]
    public void A_project_is_found_from_any_folder_below_it(string sign)
    {
        var below = Make("app/src/deep");
        Write($"app/{sign}");

        Assert.Equal(Full("app"), Search(below).Folder);
        Assert.Equal(Full("app"), Search(Full("app")).Folder);
    }

    [Fact]
    public void The_nearest_project_is_found()
    {
        var below = Make("app/tools/inner/src");
        Write("app/Procfile");
        Write("app/tools/inner/Procfile");

        Assert.Equal(Full("app/tools/inner"), Search(below).Folder);
    }

    [Fact]
    public void The_search_ends_with_the_home_folder()
    {
        var below = Make("home/me/src");
        Write("home/Procfile");
        Assert.Null(ProjectSearch.Upwards(below, Full("home/me") + "/").Folder);

        Write("home/me/Procfile");
        Assert.Equal(Full("home/me"), ProjectSearch.Upwards(below, Full("home/me")).Folder);
    }

    [Fact]
    public void The_search_ends_at_a_mount()
    {
        // A mount of its own on every Linux, below a folder of another.
        var search = ProjectSearch.Upwards("/proc/self", "/nowhere");

        Assert.Null(search.Folder);
        Assert.NotEqual(FileStatus.Of("/proc")!.Value.Mount, FileStatus.Of("/")!.Value.Mount);
    }

    [Theory]
    [InlineData("app")]
    [InlineData("app/Procfile")]
    [InlineData("app/overmind-gui.yaml")]
    public void A_project_that_every_user_may_write_is_passed_over_and_named(string open)
    {
        var below = Make("outer/app/src");
        Write("outer/Procfile");
        Write("outer/app/Procfile");
        Write("outer/app/overmind-gui.yaml");
        Allow($"outer/{open}", UnixFileMode.OtherWrite);

        var search = Search(below);

        Assert.Equal(Full("outer"), search.Folder);
        Assert.Equal([$"every user may write to {Full($"outer/{open}")}"], search.Skipped);
    }

    [Fact]
    public void A_Procfile_that_leads_to_a_file_which_every_user_may_write_is_passed_over()
    {
        var below = Make("app/src");
        Write("shared");
        Allow("shared", UnixFileMode.OtherWrite);
        File.CreateSymbolicLink(Full("app/Procfile"), Full("shared"));

        Assert.Null(Search(below).Folder);
    }

    [Fact]
    public void The_folder_in_which_the_user_is_counts_whoever_may_write_it()
    {
        Make("app");
        Write("app/Procfile");
        Allow("app", UnixFileMode.OtherWrite);

        Assert.Equal(Full("app"), Search(Full("app")).Folder);
    }

    [Fact]
    public async Task What_belongs_to_another_user_is_not_trusted_except_when_that_is_root()
    {
        Assert.Null(FolderTrust.FindProblem("/usr"));
        Make("app");
        Write("app/Procfile");
        Assert.Null(FolderTrust.FindProblem(Full("app")));

        using var change = Process.Start("chown", ["12345", Full("app/Procfile")]);
        await change.WaitForExitAsync(TestContext.Current.CancellationToken);

        // Only root can give a file away.
        Assert.Equal(
            change.ExitCode == 0 ? $"{Full("app/Procfile")} belongs to another user (uid 12345)" : null, FolderTrust.FindProblem(Full("app")));
    }

    private static ProjectSearch Search(string start) => ProjectSearch.Upwards(start, "/nowhere");

    private string Full(string path) => Path.Combine(_root, path);

    private string Make(string folder) => Directory.CreateDirectory(Full(folder)).FullName;

    private void Write(string file) => File.WriteAllText(Full(file), "");

    private void Allow(string path, UnixFileMode mode) => File.SetUnixFileMode(Full(path), File.GetUnixFileMode(Full(path)) | mode);
}
