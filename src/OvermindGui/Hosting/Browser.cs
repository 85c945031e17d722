using System.ComponentModel;
using System.Diagnostics;

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

    public static void TryOpen(Uri address, BrowserChoice choice)
    {
        if (choice == BrowserChoice.None || !HasScreen) return;
        if (choice == BrowserChoice.Window)
        {
            if (WithAppMode.Any(browser => TryStart(browser, $"--app={address}"))) return;
            Console.WriteLine("No Chromium, Chrome or Edge was found for a window of its own; opening a browser tab");
        }

        TryStart(OperatingSystem.IsMacOS() ? "open" : "xdg-open", address.ToString()); // the address is printed anyway
    }

    private static bool TryStart(string program, string argument)
    {
        try
        {
            // Its output is nobody's: a browser talks a lot, and must not end when we do.
            using var process = Process.Start(new ProcessStartInfo(program, [argument])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
            return true;
        }
        catch (Win32Exception)
        {
            return false; // not installed
        }
    }
}
