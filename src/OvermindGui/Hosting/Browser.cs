using System.ComponentModel;
using System.Diagnostics;

namespace OvermindGui.Hosting;

/// <summary>Opens the dashboard where a person sits in front of a screen.</summary>
internal static class Browser
{
    public static void TryOpen(Uri address)
    {
        var opener = OperatingSystem.IsMacOS() ? "open" : "xdg-open";
        var hasScreen = OperatingSystem.IsMacOS()
            || Environment.GetEnvironmentVariable("DISPLAY") is { Length: > 0 }
            || Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is { Length: > 0 };
        if (!hasScreen) return;
        try
        {
            using var process = Process.Start(new ProcessStartInfo(opener, [address.ToString()])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
        }
        catch (Win32Exception)
        {
            // No opener is installed; the address is printed anyway.
        }
    }
}
