using System.Text.RegularExpressions;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests;

public sealed partial class HostTests
{
    [Fact(Timeout = 30_000)]
    public async Task The_page_names_only_files_that_are_there()
    {
        using var project = new StoredProject().WithDatabase();
        await using var dashboard = await RunningDashboard.StartAsync(project);
        var page = await dashboard.Http.GetStringAsync("/", TestContext.Current.CancellationToken);
        var files = Reference().Matches(page).Select(m => m.Groups[1].Value).Where(f => f != "/").ToList();
        Assert.Contains(files, f => f.Contains("blazor.web", StringComparison.Ordinal));
        Assert.Contains(files, f => f.Contains("ansi", StringComparison.Ordinal));
        foreach (var file in files.Append("_content/OvermindGui.Web/Components/Output/LogView.razor.js"))
            Assert.NotEmpty(await dashboard.Http.GetByteArrayAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task The_page_has_no_inline_script_and_no_foreign_address()
    {
        using var project = new StoredProject().WithDatabase();
        await using var dashboard = await RunningDashboard.StartAsync(project);
        var page = await dashboard.Http.GetStringAsync("/", TestContext.Current.CancellationToken);
        Assert.DoesNotMatch(@"<script(?![^>]*\ssrc=)", page);
        Assert.DoesNotMatch(@"(src|href)=""(https?:)?//", page);
    }

    [Theory(Timeout = 30_000)]
    [InlineData(null, "dark")]
    [InlineData("light", "light")]
    [InlineData("\"><script>", "dark")]
    public async Task The_first_byte_has_the_chosen_theme(string? cookie, string theme)
    {
        using var project = new StoredProject().WithDatabase();
        await using var dashboard = await RunningDashboard.StartAsync(project);
        using var answer = cookie is null
            ? await dashboard.SendAsync(HttpMethod.Get, "/")
            : await dashboard.SendAsync(HttpMethod.Get, "/", ("Cookie", $"overmind-gui-theme={cookie}"));
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"data-theme=\"{theme}\"", page, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task It_serves_without_a_database_and_ends_when_told()
    {
        using var project = new StoredProject();
        RunningDashboard dashboard;
        await using (dashboard = await RunningDashboard.StartAsync(project))
            Assert.NotEmpty(await dashboard.Http.GetStringAsync("/", TestContext.Current.CancellationToken));
        Assert.Equal(WebServerExit.Stopped, await dashboard.Exit);
        Assert.False(File.Exists(project.Folder.Database));
    }

    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Reference();
}
