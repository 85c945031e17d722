using System.ComponentModel;
using System.Diagnostics;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Hosting;

/// <summary>How to open the dashboard once it serves.</summary>
internal enum BrowserChoice
{
    None,
    Tab,

    /// <summary>A separate window without tabs and address bar: the app mode of Chromium-based browsers.</summary>
    Window,
}

/// <summary>Opens the dashboard in a browser on a desktop.</summary>
internal static class Browser
{
    private static readonly string[] WithAppMode = OperatingSystem.IsMacOS()
        ?
        [
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        ]
        : ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "microsoft-edge-stable"];

    private static bool HasScreen => OperatingSystem.IsMacOS()
        || Environment.GetEnvironmentVariable("DISPLAY") is { Length: > 0 }
        || Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is { Length: > 0 };

    private const int MostShown = 200;

    // A browser that cannot start, such as Chromium as root, fails immediately.
    private static readonly TimeSpan Beginning = TimeSpan.FromSeconds(1);

    /// <summary>Opens the browser and watches it briefly; prints any error together with the address to open instead.</summary>
    public static async Task OpenAsync(Uri address, BrowserChoice choice, CancellationToken cancellationToken)
    {
        if (choice == BrowserChoice.None || !HasScreen) return;
        if (choice == BrowserChoice.Window)
        {
            if (await TryOpenAsync(WithAppMode, $"--app={address}", address, cancellationToken)) return;
            Console.WriteLine("No Chromium, Chrome or Edge was found for a window of its own; opening a browser tab");
        }

        // The address is printed anyway, so a missing browser is not an error.
        await TryOpenAsync([OperatingSystem.IsMacOS() ? "open" : "xdg-open"], address.ToString(), address, cancellationToken);
    }

    // False when none is installed.
    private static async Task<bool> TryOpenAsync(string[] programs, string argument, Uri address, CancellationToken cancellationToken)
    {
        foreach (var program in programs)
        {
            if (TryStart(program, argument) is not { } process) continue;
            using (process)
                if (await FailureOfAsync(process, cancellationToken) is { } failure)
                    await Console.Error.WriteLineAsync($"{Path.GetFileName(program)} ended at once ({failure}); open {address} yourself");
            return true;
        }

        return false;
    }

    private static Process? TryStart(string program, string argument)
    {
        try
        {
            // A browser prints a lot and must outlive this process, so it does not use our terminal.
            return Process.Start(new ProcessStartInfo(program, [argument])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
        }
        catch (Win32Exception)
        {
            return null; // not installed
        }
    }

    // Null while it is running, and after it passed the address to a browser that is already running.
    private static async Task<string?> FailureOfAsync(Process process, CancellationToken cancellationToken)
    {
        using var beginning = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        beginning.CancelAfter(Beginning);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(beginning.Token);
            await process.WaitForExitAsync(beginning.Token);
            if (process.ExitCode == 0) return null;
            var last = VisibleText.Of((await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "");
            return last.Length == 0 ? $"exit code {process.ExitCode}" : $"exit code {process.ExitCode}: {last[..Math.Min(last.Length, MostShown)]}";
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
