using System.Text.RegularExpressions;

namespace OvermindGui.Architecture.Tests;

/// <summary>Rules about source files, which no assembly shows.</summary>
public sealed partial class SourceFileTests
{
    [Fact]
    public void A_type_is_written_in_one_file()
    {
        var files = HandWritten("src", "tests").ToList();
        var cut =
            from file in files
            let source = File.ReadAllText(file)
            from type in PartialType().Matches(source).Select(match => match.Groups["name"].Value).Distinct()
            group Path.GetRelativePath(Repository.Root, file) by (Namespace().Match(source).Groups["name"].Value, type) into parts
            where parts.Count() > 1
            select $"{parts.Key.type}: {string.Join(", ", parts)}";
        Assert.NotEmpty(files);
        Assert.Empty(cut);
    }

    /// <summary>Anything else there costs each line that comes into the page, see <c>Styles.targets</c>.</summary>
    [Fact]
    public void Inside_of_has_a_style_sheet_names_classes_alone()
    {
        var sheets = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "OvermindGui.Web"), "*.css", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(folder => folder is "obj" or "bin" or "node_modules")).ToList();
        var asked = sheets.SelectMany(file => AskedByHas().Matches(File.ReadAllText(file)).Select(match => (Path.GetFileName(file), match.Groups["what"].Value))).ToList();
        Assert.Contains(asked, a => a.Item1 == "mudblazor.css");
        Assert.Contains(asked, a => a.Item1 == "app.css");
        Assert.All(asked, a => Assert.Matches(@"^>? ?(\.[\w-]+[ >]*)+$", a.Item2));
    }

    [Fact]
    public void Only_the_Posix_folder_calls_the_system_directly()
    {
        var direct = HandWritten("src").Where(file => NativeCall().IsMatch(File.ReadAllText(file))).Select(file => Path.GetRelativePath(Repository.Root, file)).ToList();
        Assert.NotEmpty(direct);
        Assert.All(direct, file => Assert.StartsWith("src/OvermindGui.Core/Posix/", file, StringComparison.Ordinal));
    }

    [Fact]
    public void Only_one_type_is_a_lock_that_may_be_awaited()
    {
        var locks = HandWritten("src").Where(file => AwaitedLock().IsMatch(File.ReadAllText(file))).Select(file => Path.GetRelativePath(Repository.Root, file));
        Assert.Equal(["src/OvermindGui.Core/Contracts/AsyncLock.cs"], locks);
    }

    /// <summary>A style sheet with them still builds, and what follows them is ignored by browsers.</summary>
    [Fact]
    public void No_file_holds_the_marks_of_a_merge()
    {
        string[] binary = [".png", ".ico", ".woff2"];
        var marked =
            from folder in (string[])["src", "tests", "docs", "demo", "schema"]
            from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories)
            let path = Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar)
            where !path.Contains("obj") && !path.Contains("bin") && !path.Contains("node_modules") && !binary.Contains(Path.GetExtension(file))
            where MergeMark().IsMatch(File.ReadAllText(file))
            select Path.Combine(path);
        Assert.Empty(marked);
    }

    [Fact]
    public void A_partial_method_is_no_partial_type()
    {
        Assert.Equal("Screen", PartialType().Match("public sealed partial class Screen(int rows)").Groups["name"].Value);
        Assert.Equal("Point", PartialType().Match("internal readonly partial record struct Point").Groups["name"].Value);
        Assert.DoesNotMatch(PartialType(), "    private static partial int Poll(ref PollDescriptor descriptors)");
    }

    // What a generator writes is elsewhere (obj) or, for a migration, beside it (Designer).
    private static IEnumerable<string> HandWritten(params string[] folders) =>
        from folder in folders
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar)
        where !path.Contains("obj") && !path.Contains("bin") && !path[^1].EndsWith(".Designer.cs", StringComparison.Ordinal)
        select file;

    [GeneratedRegex(@"\bpartial (record struct|class|record|struct|interface) (?<name>\w+)")]
    private static partial Regex PartialType();

    [GeneratedRegex(@"^\s*\[(LibraryImport|DllImport)\(", RegexOptions.Multiline)]
    private static partial Regex NativeCall();

    [GeneratedRegex(@"SemaphoreSlim( \w+ = new)?\(1\b")]
    private static partial Regex AwaitedLock();

    [GeneratedRegex("^(<{7}|>{7}) ", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex MergeMark();

    [GeneratedRegex(@":has\((?<what>(?:[^()]|\([^()]*\))*)\)")]
    private static partial Regex AskedByHas();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
