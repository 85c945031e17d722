using System.Text.Json;
using System.Text.Json.Nodes;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>Setting up a project for agents: nothing of others is lost, and nothing is written unasked.</summary>
public sealed class AgentInitTests : IDisposable
{
    private const int Timeout = 60_000;

    private readonly TestFolder _folder = new("web: sleep 1000");

    private string Root => _folder.Folder.Root;

    [Fact(Timeout = Timeout)]
    public async Task Nothing_is_written_where_there_is_no_one_to_ask_and_the_tier_is_explained()
    {
        var result = await InitAsync();
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("--allow control, which permits them to: see states and output", result.Output, StringComparison.Ordinal);
        Assert.Contains("start, restart and stop the processes of the Procfile; not to run other commands", result.Output, StringComparison.Ordinal);
        Assert.Contains("\"mcpServers\"", result.Output, StringComparison.Ordinal);
        Assert.Equal([_folder.Folder.Procfile], Directory.GetFileSystemEntries(Root));
    }

    [Fact(Timeout = Timeout)]
    public async Task The_files_are_made_and_a_second_time_there_is_nothing_to_do()
    {
        Assert.Equal(0, (await InitAsync("--yes")).ExitCode);
        Assert.Equal(["mcp", "--allow", "control"], Arguments(".mcp.json", "mcpServers"));
        Assert.Equal(["mcp", "--allow", "control"], Arguments(".vscode/mcp.json", "servers"));
        Assert.Contains("`overmind-gui up`", await ReadAsync("AGENTS.md"), StringComparison.Ordinal);

        var again = JsonDocument.Parse((await InitAsync("--json")).Output).RootElement;
        Assert.Equal((1, "control"), (again.GetProperty("v").GetInt32(), again.GetProperty("allow").GetString()));
        Assert.All(again.GetProperty("files").EnumerateArray(), file => Assert.Equal("unchanged", file.GetProperty("action").GetString()));
    }

    [Fact(Timeout = Timeout)]
    public async Task What_others_have_written_stays_and_our_entry_is_replaced()
    {
        await WriteAsync(".mcp.json", """{"mcpServers": {"other": {"command": "other", "env": {"A": "é"}}, "overmind-gui": {"command": "old"}}, "more": 1}""");
        await WriteAsync("AGENTS.md", "# Ours\n\nUse tabs.\n");
        await InitAsync("--yes", "--allow", "read");

        var file = JsonNode.Parse(await ReadAsync(".mcp.json"))!;
        Assert.Equal(("é", 1), (file["mcpServers"]!["other"]!["env"]!["A"]!.GetValue<string>(), file["more"]!.GetValue<int>()));
        Assert.Equal(["mcp", "--allow", "read"], Arguments(".mcp.json", "mcpServers"));
        var note = await ReadAsync("AGENTS.md");
        Assert.StartsWith("# Ours\n\nUse tabs.\n\n<!-- overmind-gui: begin -->\n", note, StringComparison.Ordinal);
        Assert.Contains("ask the person to start them", note, StringComparison.Ordinal);

        await InitAsync("--yes"); // with control: the paragraph is replaced where it stands
        var changed = await ReadAsync("AGENTS.md");
        Assert.DoesNotContain("ask the person", changed, StringComparison.Ordinal);
        Assert.Equal(2, changed.Split("overmind-gui: begin").Length);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_file_with_comments_or_a_link_out_of_the_project_is_left_alone_and_what_to_add_is_printed()
    {
        const string WithComment = "{\n  // ours\n  \"servers\": {}\n}\n";
        await WriteAsync(".vscode/mcp.json", WithComment);
        var elsewhere = Path.Combine(Path.GetTempPath(), $"overmind-gui-{Guid.NewGuid():N}");
        File.CreateSymbolicLink(Path.Combine(Root, ".mcp.json"), elsewhere);
        File.CreateSymbolicLink(Path.Combine(Root, "AGENTS.md"), "CLAUDE.md"); // within it
        await WriteAsync("CLAUDE.md", "Ours\n");

        var result = await InitAsync("--yes");

        Assert.Contains(".vscode/mcp.json: left alone, because it is not plain JSON", result.Output, StringComparison.Ordinal);
        Assert.Contains(".mcp.json: left alone, because .mcp.json leads out of the project's folder. Add by hand:", result.Output, StringComparison.Ordinal);
        Assert.Equal(WithComment, await ReadAsync(".vscode/mcp.json"));
        Assert.False(File.Exists(elsewhere));
        Assert.Contains("overmind-gui: begin", await ReadAsync("CLAUDE.md"), StringComparison.Ordinal);
        Assert.Equal("CLAUDE.md", new FileInfo(Path.Combine(Root, "AGENTS.md")).LinkTarget);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_tier_that_does_not_exist_is_refused()
    {
        var result = await InitAsync("--allow", "all");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("--allow all: expected read, control or run", result.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<CliResult> InitAsync(params string[] options) => await Cli.RunAsync(Root, ["agent", "init", .. options]);

    private string[] Arguments(string file, string key) =>
        [.. JsonNode.Parse(File.ReadAllText(Path.Combine(Root, file)))![key]!["overmind-gui"]!["args"]!.AsArray().Select(a => a!.GetValue<string>())];

    private Task<string> ReadAsync(string name) => File.ReadAllTextAsync(Path.Combine(Root, name), TestContext.Current.CancellationToken);

    private Task WriteAsync(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Root, name))!);
        return File.WriteAllTextAsync(Path.Combine(Root, name), text, TestContext.Current.CancellationToken);
    }
}
