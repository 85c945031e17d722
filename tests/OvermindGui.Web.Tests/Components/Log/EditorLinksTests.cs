using OvermindGui.Core.Project;
using OvermindGui.Web.Components.Log;

namespace OvermindGui.Web.Tests.Components.Log;

/// <summary>Addresses that open a place in the reader's editor. What is printed is hostile.</summary>
public sealed class EditorLinksTests : IDisposable
{
    private const string Editor = "VS Code";

    private readonly string _outside = Directory.CreateTempSubdirectory("overmind-gui-outside-").FullName;
    private readonly string _root = Directory.CreateTempSubdirectory("overmind-gui-editor-").FullName;
    private readonly EditorLinks _links;

    public EditorLinksTests()
    {
        _links = new EditorLinks(new ProjectFolder(_root));
        Directory.CreateDirectory(Path.Combine(_root, "src"));
        File.WriteAllText(Path.Combine(_root, "src", "app.js"), "");
        File.WriteAllText(Path.Combine(_root, "src", "a b&c?.js"), "");
        File.WriteAllText(Path.Combine(_outside, "secret.txt"), "");
        File.CreateSymbolicLink(Path.Combine(_root, "linked.txt"), Path.Combine(_outside, "secret.txt"));
    }

    [Fact]
    public void A_file_of_the_project_opens_at_its_place()
    {
        Assert.Equal($"vscode://file{_root}/src/app.js:12:3", _links.UriOf(Editor, "src/app.js", 12, 3));
        Assert.Equal($"vscode://file{_root}/src/app.js:12:3", _links.UriOf(Editor, "./src/../src/app.js", 12, 3));
        Assert.Equal($"vscode://file{_root}/src/app.js:1:1", _links.UriOf(Editor, $"{_root}/src/app.js", 0, -5));
        Assert.Equal($"idea://open?file={_root}/src/app.js&line=2&column=1", _links.UriOf("JetBrains IDEs", "src/app.js", 2, 1));
    }

    [Fact]
    public void A_name_cannot_add_anything_to_the_address() =>
        Assert.Equal($"vscode://file{_root}/src/a%20b%26c%3F.js:1:1", _links.UriOf(Editor, "src/a b&c?.js", 1, 1));

    [Theory]
    [InlineData("src/missing.js")]
    [InlineData("src")]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("linked.txt")]
    [InlineData("src/app.js\0.txt")]
    [InlineData("../../../../../../etc/passwd")]
    public void What_is_no_file_below_the_projects_folder_gets_no_address(string path) => Assert.Null(_links.UriOf(Editor, path, 1, 1));

    [Theory]
    [InlineData("")]
    [InlineData("javascript:alert(1)//")]
    [InlineData("vs code")]
    public void Only_editors_of_the_list_get_an_address(string editor) => Assert.Null(_links.UriOf(editor, "src/app.js", 1, 1));

    public void Dispose()
    {
        Directory.Delete(_root, recursive: true);
        Directory.Delete(_outside, recursive: true);
    }
}
