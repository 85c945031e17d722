using System.Diagnostics;

namespace OvermindGui.EndToEnd.Support;

internal sealed record CliResult(int ExitCode, string Output, string Errors);

/// <summary>Runs <c>overmind-gui</c> with arguments to its end.</summary>
internal static class Cli
{
    public static async Task<CliResult> RunAsync(string workingDirectory, params string[] arguments) =>
        await RunAsync(Published.Executable, workingDirectory, arguments);

    public static async Task<CliResult> RunAsync(string file, string workingDirectory, string[] arguments)
    {
        using var process = Process.Start(StartInfo(file, workingDirectory, arguments))!;
        var cancellation = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new CliResult(process.ExitCode, await output, await errors);
    }

    public static ProcessStartInfo StartInfo(string file, string workingDirectory, string[] arguments) => new(file, arguments)
    {
        WorkingDirectory = workingDirectory,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment =
        {
            ["NO_UI_LAUNCH"] = "1", ["DEBUG"] = "",
            ["OVERMIND_GUI_MODE"] = "", ["OVERMIND_GUI_DATA"] = "",
            // With the stand-ins for overmind and tmux.
            ["PATH"] = $"{AppContext.BaseDirectory}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}",
            ["OVERMIND_SHOW_TIMESTAMPS"] = "", ["OVERMIND_GUI_NO_PTY"] = "", ["OVERMIND_GUI_COLUMNS"] = "", ["OVERMIND_GUI_LINES"] = "",
            ["OVERMIND_GUI_ON_FAILURE"] = "", ["OVERMIND_GUI_BIND"] = "", ["OVERMIND_GUI_ALLOWED_HOSTS"] = "",
            ["XDG_STATE_HOME"] = Path.Combine(AppContext.BaseDirectory, "state"),
            ["OVERMIND_GUI_WINDOW"] = "", ["USE_PYTHON_WEBVIEW"] = "",
        },
    };
}
