using System.Text.RegularExpressions;

namespace OvermindGui.Architecture.Tests;

/// <summary>The map of the code, in docs/architecture.md and CONTRIBUTING.md, names what there is.</summary>
public sealed partial class MapTests
{
    private static readonly string Sources = Path.Combine(Repository.Root, "src");

    public static TheoryData<string> Documents => ["docs/architecture.md", "CONTRIBUTING.md"];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Its_files_exist(string document)
    {
        var files = Files().Select(file => "/" + Path.GetRelativePath(Sources, file).Replace("OvermindGui.", "", StringComparison.Ordinal)).ToList();
        Assert.All(Named(NamedFile(), document), name => Assert.Contains(files, file => file.EndsWith("/" + name, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Its_folders_exist(string document) => Assert.All(
        Named(NamedFolder(), document),
        name => Assert.True(Directory.Exists(Path.Combine(Sources, name.StartsWith("OvermindGui", StringComparison.Ordinal) ? name : $"OvermindGui.{name}")), name));

    [Theory]
    [MemberData(nameof(Documents))]
    public void Its_types_and_members_exist(string document)
    {
        var words = Files().Concat(Files("tests")).Where(file => Path.GetExtension(file) is ".cs" or ".razor").SelectMany(file => Word().Matches(File.ReadAllText(file)).Select(match => match.Value)).ToHashSet();
        Assert.All(Named(NamedType(), document), name => Assert.Contains(name, words));
    }

    [Theory]
    [MemberData(nameof(LayerTests.Layers), MemberType = typeof(LayerTests))]
    public void Its_folders_stand_in_the_order_of_their_layers(string project, string[] folders)
    {
        var section = Regex.Match(Text("docs/architecture.md"), $@"^src/{Regex.Escape(project)} .*\n(?<folders>(    .*\n)+)", RegexOptions.Multiline);
        Assert.Equal(folders.Where(folder => folder.Length > 0), ListedFolder().Matches(section.Groups["folders"].Value).Select(match => match.Groups["name"].Value));
    }

    [Fact]
    public void It_lists_the_folders_of_the_components()
    {
        var listed = Regex.Match(Text("docs/architecture.md"), @"^    Components/ +(?<names>[\w, \n]+?)\n    \w", RegexOptions.Multiline).Groups["names"].Value;
        Assert.Equal(
            Directory.EnumerateDirectories(Path.Combine(Sources, "OvermindGui.Web", "Components")).Select(Path.GetFileName).Order(),
            Word().Matches(listed).Select(match => match.Value));
    }

    private static IEnumerable<string> Named(Regex pattern, string document) => pattern.Matches(Text(document)).Select(match => match.Groups["name"].Value);

    private static string Text(string document) => File.ReadAllText(Path.Combine(Repository.Root, document));

    private static IEnumerable<string> Files(string folder = "src") =>
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.*", SearchOption.AllDirectories)
        where !Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar).Intersect(["obj", "bin", "node_modules"]).Any()
        select file;

    [GeneratedRegex(@"`(?<name>[\w./]+\.(cs|razor|js|sql))`")]
    private static partial Regex NamedFile();

    [GeneratedRegex(@"\b(?<name>(Core|Hub|Otlp|Daemon|Mcp|Web|OvermindGui)(/[A-Z]\w+)+)(?![\w.])")]
    private static partial Regex NamedFolder();

    [GeneratedRegex("`(?<name>[A-Z][A-Za-z]+)`")]
    private static partial Regex NamedType();

    [GeneratedRegex(@"^    (?<name>\w+)/", RegexOptions.Multiline)]
    private static partial Regex ListedFolder();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
