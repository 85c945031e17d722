using OvermindGui.Core.Contracts;
using OvermindGui.Core.Failures;
using OvermindGui.Core.Project;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Failures;

public sealed class DeclarationsReadingTests : IDisposable
{
    private readonly TempProject _project = new();

    [Fact]
    public void Without_a_file_there_are_no_declarations_and_no_problems() => AssertNothing(Read(null));

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("\uFEFF")]
    [InlineData("{}")]
    [InlineData("\uFEFF{\"web\": []}")]
    public void A_file_that_declares_nothing_is_no_problem(string json) => AssertNothing(Read(json));

    [Fact]
    public void Texts_and_objects_are_read_in_their_order()
    {
        var reading = Read("""
            {
              "web": ["Error: EADDRINUSE", {"pattern": "^panic: .*", "action": "stop", "regex": true, "note": "ours"}],
              "worker": [{"pattern": "slow", "action": "notify", "regex": false}, {"pattern": "x", "action": null, "regex": null}]
            }
            """);

        Assert.Empty(reading.Problems);
        Assert.Equal(["web", "worker"], reading.ByProcess.Keys);
        Assert.Equal([new("Error: EADDRINUSE"), new("^panic: .*", FailureAction.Stop, IsRegex: true)], reading.For("web"));
        Assert.Equal([new("slow", FailureAction.Notify), new("x")], reading.For("worker"));
        Assert.Empty(reading.For("nope"));
    }

    [Fact]
    public void Blanks_around_a_pattern_are_no_part_of_it() =>
        Assert.Equal([new FailureDeclaration("panic:")], Read("""{"web": ["  panic: \t"]}""").For("web"));

    [Theory]
    [InlineData("{\"web\": [\n\"x\",\n]}", 3, "not JSON: ")]
    [InlineData("{\n\n\"web\": [\"x\"", 3, "not JSON: ")]
    [InlineData("{\"web\": [\"x\"]}\n\nmore", 3, "not JSON: ")]
    [InlineData("// a remark\n{}", 1, "not JSON: ")]
    [InlineData("\n[\"web\"]", 2, "expected {\"process\": [\"text\", …]}, found a list")]
    [InlineData("17", 1, "expected {\"process\": [\"text\", …]}, found a number")]
    [InlineData("{\n\"a\": [],\n\"a\": [\"x\"]}", 3, "\"a\" is already there; put its declarations into one list")]
    [InlineData("{\n\"a\": [],\n\"a\": {\"x\": [1]}}", 3, "\"a\" is already there; put its declarations into one list")]
    [InlineData("{\"\\ud83d\": [\"x\"]}", 1, "the name holds half of a character")]
    public void A_broken_file_is_reported_with_its_line(string json, int line, string message)
    {
        var reading = Read(json);

        Assert.Empty(reading.ByProcess);
        var problem = Assert.Single(reading.Problems);
        Assert.Equal(line, problem.Line);
        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
        Assert.StartsWith($"failure_declarations.json line {line}: ", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_reported_with_their_line()
    {
        File.WriteAllBytes(_project.Folder.Declarations, [.. "{\n\"web\": [\""u8, 0xFF, .. "\"]}"u8]);

        Assert.Equal([new Problem(ProjectFolder.DeclarationsFileName, 2, ProblemSeverity.Warning, "not UTF-8 text; save the file as UTF-8")], new DeclarationsFile(_project.Folder, TimeProvider.System).Read().Problems);
    }

    [Fact]
    public void Everything_of_a_wrong_type_is_reported_at_once_with_process_index_and_line()
    {
        var reading = Read("""
            {
              "web": ["good", 17, {"pattern": 3, "action": "dance", "regex": "yes"},
                " ", {"action": true}, {"pattern": "(", "regex": true}],
              "worker": "text",
              "api": [null, ["x"], {"pattern": "a", "pattern": "b"}, "\ud83d"]
            }
            """);

        Assert.Empty(reading.ByProcess);
        Assert.Equal(
            [
                "line 2: web[1]: expected a text or an object with \"pattern\", found a number",
                "line 2: web[2]: \"pattern\": expected a text, found a number",
                "line 2: web[2]: \"action\": expected restart, stop or notify, found \"dance\"",
                "line 2: web[2]: \"regex\": expected true or false, found a text",
                "line 3: web[3]: the pattern is empty",
                "line 3: web[4]: \"pattern\" is missing",
                "line 3: web[4]: \"action\": expected restart, stop or notify, found true",
                "line 3: web[5]: not a .NET regular expression: Invalid pattern '(' at offset 1. Not enough )'s.",
                "line 4: worker: expected a list, found a text",
                "line 5: api[0]: expected a text or an object with \"pattern\", found null",
                "line 5: api[1]: expected a text or an object with \"pattern\", found a list",
                "line 5: api[2]: \"pattern\" is there twice",
                "line 5: api[3]: expected a text or an object with \"pattern\", found a text with half of a character",
            ],
            reading.Problems.Select(p => p.ToString()["failure_declarations.json ".Length..]));
    }

    [Fact]
    public void A_file_beyond_all_measure_is_refused()
    {
        var problem = Assert.Single(Read($$"""{"web": ["{{new string('x', 1024 * 1024)}}"]}""").Problems);

        Assert.Equal("failure_declarations.json: cannot be read: it is larger than 1 MiB", problem.ToString());
    }

    public void Dispose() => _project.Dispose();

    private DeclarationsReading Read(string? json)
    {
        if (json is not null) File.WriteAllText(_project.Folder.Declarations, json);
        return new DeclarationsFile(_project.Folder, TimeProvider.System).Read();
    }

    private static void AssertNothing(DeclarationsReading reading)
    {
        Assert.All(reading.ByProcess.Values, Assert.Empty);
        Assert.Empty(reading.Problems);
    }
}
