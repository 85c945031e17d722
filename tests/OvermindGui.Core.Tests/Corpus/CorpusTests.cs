using System.Runtime.CompilerServices;
using System.Text;
using OvermindGui.Core.Project.Environments;
using OvermindGui.Core.Project.Procfiles;

namespace OvermindGui.Core.Tests.Corpus;

/// <summary>
/// Each Procfile and .env file of this folder gives what stands in the file of its name with <c>.expected</c>: entries as
/// <c>line name index command</c>, assignments as <c>line NAME=value</c>, then the expected problems.
/// </summary>
public class CorpusTests
{
    public static TheoryData<string> Files() =>
        [.. Directory.GetFiles(Folder()).Select(f => Path.GetFileName(f)).Where(IsInput).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_of_the_corpus_gives_what_stands_beside_it(string file)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Folder(), file));
        var lines = file.EndsWith(".env", StringComparison.Ordinal) ? DescribeEnvironment(bytes) : DescribeProcfile(bytes);
        Assert.Equal(File.ReadAllText(Path.Combine(Folder(), file + ".expected")), string.Concat(lines.Select(l => Visible(l) + "\n")));
    }

    [Fact]
    public void The_corpus_holds_at_least_forty_files() => Assert.InRange(Files().Count, 40, int.MaxValue);

    private static bool IsInput(string file) => Path.GetExtension(file) is ".Procfile" or ".env";

    private static IEnumerable<string> DescribeProcfile(byte[] bytes)
    {
        var procfile = Procfile.Parse(bytes);
        return
        [
            .. procfile.Entries.Select(e => $"{e.Line} {e.Name} {e.Index} {e.Command}"),
            .. procfile.Problems.Select(p => $"problem: {p}"), .. procfile.Warnings.Select(p => $"warning: {p}"),
        ];
    }

    private static IEnumerable<string> DescribeEnvironment(byte[] bytes)
    {
        var file = EnvironmentFile.Parse(".env", bytes, name => name switch { "HOME" => "/home/me", "USER" => "me", _ => null });
        return [.. file.Assignments.Select(a => $"{a.Line} {a.Name}={a.Value}"), .. file.Problems.Select(p => $"problem: {p}")];
    }

    private static string Visible(string text)
    {
        var result = new StringBuilder();
        foreach (var c in text)
            result.Append(c switch { '\n' => "␊", '\r' => "␍", '\e' => "␛", < ' ' => $"^{(char)(c + '@')}", _ => c.ToString() });
        return result.ToString();
    }

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
