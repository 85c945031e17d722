using System.Runtime.Versioning;
using System.Text.Json;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Failures;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Failures;

public sealed class DeclarationsFileTests : IDisposable
{
    private const int Timeout = 30_000;

    private readonly TempProject _project = new();
    private readonly DeclarationsFile _file;

    public DeclarationsFileTests() => _file = new DeclarationsFile(_project.Folder, TimeProvider.System);

    [Fact(Timeout = Timeout)]
    public async Task The_first_declaration_makes_the_file_in_the_form_that_scripts_know()
    {
        Assert.Equal([new("Error: \"é漢\" <b>")], await AddAsync("web", new FailureDeclaration(" Error: \"é漢\" <b>\n")));

        Assert.Equal("{\n  \"web\": [\n    \"Error: \\\"é漢\\\" <b>\"\n  ]\n}\n", Text());
        Assert.Equal([_project.Folder.Declarations], Directory.GetFileSystemEntries(_project.Folder.Root));
    }

    [Fact(Timeout = Timeout)]
    public async Task Adding_twice_changes_nothing_and_does_not_touch_the_file()
    {
        await AddAsync("web", new FailureDeclaration("panic:"));
        var written = File.GetLastWriteTimeUtc(_project.Folder.Declarations);

        Assert.Equal([new FailureDeclaration("panic:")], await AddAsync("web", new FailureDeclaration(" panic: ")));

        Assert.Equal(written, File.GetLastWriteTimeUtc(_project.Folder.Declarations));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_text_and_an_expression_of_the_same_characters_are_two_declarations()
    {
        await AddAsync("web", new FailureDeclaration("a.c"));

        Assert.Equal([new("a.c"), new("a.c", IsRegex: true)], await AddAsync("web", new FailureDeclaration("a.c", IsRegex: true)));
        Assert.Equal([new FailureDeclaration("a.c")], await RemoveAsync("web", "a.c", isRegex: true));
        await AddAsync("web", new FailureDeclaration("a.c", IsRegex: true));
        Assert.Empty(await RemoveAsync("web", "a.c"));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_declaration_takes_over_an_action_that_is_given_and_keeps_it_when_none_is()
    {
        await AddAsync("web", new FailureDeclaration("panic:"));

        Assert.Equal([new("panic:", FailureAction.Stop)], await AddAsync("web", new FailureDeclaration("panic:", FailureAction.Stop)));
        Assert.Equal([new("panic:", FailureAction.Stop)], await AddAsync("web", new FailureDeclaration("panic:")));
        Assert.Equal([new("panic:", FailureAction.Notify)], await AddAsync("web", new FailureDeclaration("panic:", FailureAction.Notify)));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_process_that_loses_its_last_declaration_loses_its_key()
    {
        await AddAsync("web", new FailureDeclaration("panic:"));
        await AddAsync("worker", new FailureDeclaration("timeout"));

        Assert.Empty(await RemoveAsync("web", " panic:"));
        Assert.Equal("{\n  \"worker\": [\n    \"timeout\"\n  ]\n}\n", Text());
        Assert.Empty(await RemoveAsync("worker", "timeout"));
        Assert.Equal("{}\n", Text());
    }

    [Fact(Timeout = Timeout)]
    public async Task A_declaration_is_changed_where_it_stands_with_all_else_that_its_entry_holds()
    {
        Write("""{"web":["first",{"pattern":"panic","action":"stop","ticket":"OPS-7"},"last"],"other":["x"]}""");

        var now = await _file.ReplaceAsync(
            "web", new FailureDeclaration("panic", FailureAction.Stop), new FailureDeclaration("panic|abort", IsRegex: true), TestContext.Current.CancellationToken);

        Assert.Equal([new("first"), new("panic|abort", IsRegex: true), new("last")], now);
        Assert.Equal(
            """{"web":["first",{"pattern":"panic|abort","ticket":"OPS-7","regex":true},"last"],"other":["x"]}""",
            JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(Text())));
        now = await _file.ReplaceAsync("web", new("first"), new FailureDeclaration("first", FailureAction.Notify), TestContext.Current.CancellationToken);
        Assert.Equal([new("first", FailureAction.Notify), new("panic|abort", IsRegex: true), new("last")], now);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_declaration_that_becomes_another_one_leaves_one_of_them()
    {
        Write("""{"web":["a","b","c"]}""");
        Assert.Equal([new("c"), new("b")], await _file.ReplaceAsync("web", new("a"), new("c"), TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_declaration_that_is_gone_is_not_changed_and_one_that_cannot_be_used_changes_nothing()
    {
        Write("""{"web":["a"]}""");
        var cancellation = TestContext.Current.CancellationToken;
        await Assert.ThrowsAsync<DeclarationsFileException>(() => _file.ReplaceAsync("web", new("gone"), new("b"), cancellation));
        await Assert.ThrowsAsync<DeclarationsFileException>(() => _file.ReplaceAsync("web", new("a"), new("(", IsRegex: true), cancellation));
        Assert.Equal("""{"web":["a"]}""", Text());
    }

    [Theory(Timeout = Timeout)]
    [InlineData("web", "nope")]
    [InlineData("nope", "panic:")]
    public async Task Removing_what_is_not_there_changes_nothing(string process, string pattern)
    {
        Write("""{"web":["panic:"]}""");

        Assert.Equal(process == "web" ? [new FailureDeclaration("panic:")] : [], await RemoveAsync(process, pattern));
        Assert.Equal("""{"web":["panic:"]}""", Text());
    }

    [Fact(Timeout = Timeout)]
    public async Task What_an_edit_is_not_about_is_kept()
    {
        Write("""
            {"web": ["one", {"pattern": "two", "since": 1.50, "who": {"name": "Ada", "name": "again"}}, "three"],
             "worker": [" spaced ", {"regex": true, "pattern": "x+", "big": 123456789012345678901234567890}], "empty": []}
            """);

        await AddAsync("web", new FailureDeclaration("two", FailureAction.Stop));
        await RemoveAsync("web", "one");

        const string Expected = """
            {"web": [{"pattern": "two", "since": 1.50, "who": {"name": "Ada", "name": "again"}, "action": "stop"}, "three"],
             "worker": [" spaced ", {"regex": true, "pattern": "x+", "big": 123456789012345678901234567890}], "empty": []}
            """;
        Assert.Equal(Compact(Expected), Compact(Text()));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("{\"web\": [\n  \"x\"\n  \"y\"]}", "line 3")]
    [InlineData("{\"web\": [\n  5,\n  true]}", "web[1]")]
    public async Task A_broken_file_is_left_untouched_and_the_refusal_says_what_to_mend(string json, string place)
    {
        Write(json);

        var added = await Assert.ThrowsAsync<DeclarationsFileException>(() => AddAsync("web", new FailureDeclaration("z")));
        var removed = await Assert.ThrowsAsync<DeclarationsFileException>(() => RemoveAsync("web", "x"));

        Assert.StartsWith("Fix the file first:\nfailure_declarations.json line ", added.Message, StringComparison.Ordinal);
        Assert.Contains(place, added.Message, StringComparison.Ordinal);
        Assert.Equal(added.Message, removed.Message);
        Assert.Equal(json, Text());
    }

    [Theory(Timeout = Timeout)]
    [InlineData("  ", false, "the pattern is empty")]
    [InlineData("a(", true, "not a .NET regular expression: ")]
    public async Task A_declaration_that_cannot_be_used_is_refused(string pattern, bool isRegex, string reason)
    {
        var refusal = await Assert.ThrowsAsync<DeclarationsFileException>(() => AddAsync("web", new FailureDeclaration(pattern, IsRegex: isRegex)));

        Assert.StartsWith(reason, refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_project.Folder.Declarations));
    }

    [Fact(Timeout = Timeout)]
    public async Task Edits_at_the_same_time_lose_nothing()
    {
        // A lock is of an open file, so these are as foreign to each other as two programs are.
        var files = Enumerable.Range(0, 20).Select(_ => new DeclarationsFile(_project.Folder, TimeProvider.System));

        await Task.WhenAll(files.Select((file, i) => Task.Run(() =>
            file.AddAsync($"p{i % 3}", new FailureDeclaration($"text {i}"), TestContext.Current.CancellationToken))));

        Assert.Equal(
            Enumerable.Range(0, 20).Select(i => $"text {i}").Order(),
            _file.Read().ByProcess.Values.SelectMany(d => d).Select(d => d.Pattern).Order());
    }

    [Fact(Timeout = Timeout)]
    public async Task An_edit_waits_for_the_end_of_a_save_that_empties_the_file_first()
    {
        Write("");
        var time = new PausingTime(() => Write("""{"web": ["by hand"]}"""));

        var after = await new DeclarationsFile(_project.Folder, time)
            .AddAsync("web", new FailureDeclaration("by program"), TestContext.Current.CancellationToken);

        Assert.Equal([new("by hand"), new("by program")], after);
        Assert.Equal(1, time.Pauses);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_link_inside_the_folder_stays_one()
    {
        var real = Path.Combine(Directory.CreateDirectory(Path.Combine(_project.Folder.Root, "config")).FullName, "failures.json");
        File.CreateSymbolicLink(_project.Folder.Declarations, "config/failures.json");
        await File.WriteAllTextAsync(real, "{}", TestContext.Current.CancellationToken);

        await AddAsync("web", new FailureDeclaration("panic:"));

        Assert.Equal("config/failures.json", new FileInfo(_project.Folder.Declarations).LinkTarget);
        Assert.Contains("panic:", await File.ReadAllTextAsync(real, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_link_out_of_the_folder_is_read_but_not_written_through()
    {
        using var elsewhere = new TempProject();
        var real = Path.Combine(elsewhere.Folder.Root, "mine.json");
        await File.WriteAllTextAsync(real, """{"web": ["panic:"]}""", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(_project.Folder.Declarations, real);

        var refusal = await Assert.ThrowsAsync<DeclarationsFileException>(() => AddAsync("web", new FailureDeclaration("x")));

        Assert.Contains($"it is a link to {real}, outside of {_project.Folder}", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([new FailureDeclaration("panic:")], _file.Read().For("web"));
        Assert.Equal(real, new FileInfo(_project.Folder.Declarations).LinkTarget);
        Assert.Single(Directory.GetFileSystemEntries(elsewhere.Folder.Root));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_link_into_a_folder_that_is_itself_a_link_out_is_not_written_through()
    {
        using var elsewhere = new TempProject();
        Directory.CreateSymbolicLink(Path.Combine(_project.Folder.Root, "config"), elsewhere.Folder.Root);
        File.CreateSymbolicLink(_project.Folder.Declarations, "config/mine.json");
        await File.WriteAllTextAsync(Path.Combine(elsewhere.Folder.Root, "mine.json"), "{}", TestContext.Current.CancellationToken);

        var refusal = await Assert.ThrowsAsync<DeclarationsFileException>(() => AddAsync("web", new FailureDeclaration("x")));

        Assert.Contains("outside of", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("{}", await File.ReadAllTextAsync(Path.Combine(elsewhere.Folder.Root, "mine.json"), TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = Timeout)]
    public async Task What_was_left_at_the_temporary_name_is_neither_followed_nor_in_the_way()
    {
        using var elsewhere = new TempProject();
        var victim = Path.Combine(elsewhere.Folder.Root, "victim");
        await File.WriteAllTextAsync(victim, "mine", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(Path.Combine(_project.Folder.Root, ".failure_declarations.json.tmp"), victim);

        await AddAsync("web", new FailureDeclaration("panic:"));

        Assert.Equal("mine", await File.ReadAllTextAsync(victim, TestContext.Current.CancellationToken));
        Assert.Equal([_project.Folder.Declarations], Directory.GetFileSystemEntries(_project.Folder.Root));
    }

    [Fact(Timeout = Timeout)]
    [UnsupportedOSPlatform("windows")]
    public async Task The_mode_of_the_file_is_kept()
    {
        Write("{}");
        File.SetUnixFileMode(_project.Folder.Declarations, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        await AddAsync("web", new FailureDeclaration("panic:"));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_project.Folder.Declarations));
    }

    public void Dispose() => _project.Dispose();

    private Task<IReadOnlyList<FailureDeclaration>> AddAsync(string process, FailureDeclaration declaration) =>
        _file.AddAsync(process, declaration, TestContext.Current.CancellationToken);

    private Task<IReadOnlyList<FailureDeclaration>> RemoveAsync(string process, string pattern, bool? isRegex = null) =>
        _file.RemoveAsync(process, pattern, isRegex, TestContext.Current.CancellationToken);

    private void Write(string text) => File.WriteAllText(_project.Folder.Declarations, text);

    private string Text() => File.ReadAllText(_project.Folder.Declarations);

    // JsonElement keeps numbers as they were written, and names that are there twice.
    private static string Compact(string json) => JsonSerializer.Serialize(JsonDocument.Parse(json).RootElement);

    /// <summary>A clock whose pauses are over at once, and used by another program.</summary>
    private sealed class PausingTime(Action meanwhile) : TimeProvider
    {
        public int Pauses { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Pauses++;
            meanwhile();
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
