using System.ComponentModel;
using System.Diagnostics;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Hosting;

/// <summary>Where the dashboard is opened once it serves.</summary>
internal enum BrowserChoice
{
    None,
    Tab,

    /// <summary>A window of its own, without tabs and address bar: the app mode of Chromium and its relatives.</summary>
    Window,
}

/// <summary>Opens the dashboard where a person sits in front of a screen.</summary>
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

    // A browser that cannot start, such as Chromium as root, says so at once.
    private static readonly TimeSpan Beginning = TimeSpan.FromSeconds(1);

    /// <summary>Opens it and watches for a moment; what goes wrong is printed with the address to open instead.</summary>
    public static async Task OpenAsync(Uri address, BrowserChoice choice, CancellationToken cancellationToken)
    {
        if (choice == BrowserChoice.None || !HasScreen) return;
        if (choice == BrowserChoice.Window)
        {
            if (await TryOpenAsync(WithAppMode, $"--app={address}", address, cancellationToken)) return;
            Console.WriteLine("No Chromium, Chrome or Edge was found for a window of its own; opening a browser tab");
        }

        // The address is printed anyway, so that it is no error when nothing is installed.
        await TryOpenAsync([OperatingSystem.IsMacOS() ? "open" : "xdg-open"], address.ToString(), address, cancellationToken);
    }

    // False when none of them is installed.
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
            // A browser prints a lot, and must not end when we do: its output does not go to our terminal.
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

    // Null while it runs, and when it handed the address to a browser that runs already.
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
