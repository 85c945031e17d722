using System.Text.Json;

namespace OvermindGui.EndToEnd.Support;

/// <summary>A person at a terminal who runs a command of ours and types.</summary>
/// <param name="Restored">The terminal has the modes that it had before.</param>
/// <param name="Problem">What was not seen in time; null when all was.</param>
internal sealed record Typist(string Shown, int? Status, bool Restored, string? Problem)
{
    /// <param name="steps">As <c>typist.py</c> takes them.</param>
    public static async Task<Typist> RunAsync(TestFolder folder, string size, string steps, params string[] words)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Support", "typist.py");
        var result = await Cli.RunAsync("python3", folder.Folder.Root, [script, size, steps, Published.Executable, .. words]);
        return JsonSerializer.Deserialize<Typist>(result.Output, JsonSerializerOptions.Web) ?? throw new InvalidOperationException(result.Errors);
    }
}
