using System.Diagnostics;
using OvermindGui.Core.Watching;

namespace OvermindGui.Core.Tests.Watching;

/// <summary>What is ignored, held against git itself.</summary>
public sealed class GitIgnoreTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("overmind-gui-ignore-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void The_same_files_are_left_out_as_by_git()
    {
        Write(".gitignore", "# a remark\n*.log\n!keep.log\nbuild/\n/top.txt\ndocs/*.html\n**/cache\nsrc/**/gen\nfoo/**\n\\#odd\n\\!bang\ntrail \\ \n[ab]x.[!c]\nq?.txt\nweird[.txt\n*.tmp   \n");
        Write("src/.gitignore", "local.*\n!local.keep\n/only-here\n");
        Write(".git/info/exclude", "secret.txt\n");
        string[] files =
        [
            "a.log", "keep.log", "deep/er/b.log", "build/x", "deep/build/y", "build.txt", "top.txt", "deep/top.txt", "docs/i.html", "docs/deep/i.html",
            "cache", "deep/cache/z", "src/gen/a", "src/x/y/gen/b", "foo/a/b", "#odd", "!bang", "ax.d", "bx.c", "cx.d", "qa.txt", "qab.txt", "weird[.txt",
            "n.tmp", "src/local.x", "src/local.keep", "local.x", "src/only-here", "src/deep/only-here", "secret.txt", "src/secret.txt", "plain.txt", "src/plain.txt",
        ];
        foreach (var file in files) Write(file, "");
        Git("init", "-q");

        var ignored = Git(["check-ignore", "--no-index", .. files]).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Trim('"')).ToHashSet();

        Assert.Equal(files.Except(ignored).Order(StringComparer.Ordinal), Kept().Where(f => files.Contains(f)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("src", "src/a.ts src/c.js src/deep/b.ts")]
    [InlineData("src/**/*.ts", "src/a.ts src/deep/b.ts")]
    [InlineData("*.js", "src/c.js top.js")]
    [InlineData("top.js", "top.js")]
    [InlineData("src/*.ts", "src/a.ts")]
    [InlineData("missing.js", "")]
    public void Paths_choose_files_folders_and_patterns(string path, string chosen)
    {
        foreach (var file in new[] { "src/a.ts", "src/deep/b.ts", "src/c.js", "top.js", "node_modules/d.js", "src/.a.ts.swp", "src/a.ts~" }) Write(file, "");

        Assert.Equal(chosen.Split(' ', StringSplitOptions.RemoveEmptyEntries), Kept(path).Order(StringComparer.Ordinal));
    }

    private List<string> Kept(params string[] paths)
    {
        var (files, kept) = (new WatchedFiles(_root, paths, []), new List<string>());
        foreach (var (folder, rules, isDeep) in files.Roots) Walk(folder, rules, isDeep);
        return kept;

        void Walk(string folder, IgnoreRules rules, bool isDeep)
        {
            kept.AddRange(Directory.GetFiles(folder).Where(f => files.Has(f, rules)).Select(f => Path.GetRelativePath(_root, f)));
            if (!isDeep) return;
            foreach (var below in Directory.GetDirectories(folder).Where(f => files.Enters(f, rules))) Walk(below, rules.In(below), isDeep);
        }
    }

    private void Write(string path, string text)
    {
        var full = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    private string Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _root, RedirectStandardOutput = true })!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return output;
    }
}
