namespace OvermindGui.Daemon.Tests.Support;

/// <summary>Shell commands that run the child under test.</summary>
internal static class Dummy
{
    private static readonly string Path = System.IO.Path.Combine(AppContext.BaseDirectory, "OvermindGui.Dummy");

    public static string Lines(int count) => $"exec {Path} lines {count}";

    public static string Bytes(ReadOnlySpan<byte> bytes) => $"exec {Path} bytes {Convert.ToBase64String(bytes)}";

    public static string Leak(int megabytesPerSecond) => $"exec {Path} leak {megabytesPerSecond}";

    /// <summary>An HTTP server that answers three times, then hangs.</summary>
    public static string Hang(string port) => $"exec {Path} hang {port}";

    public static string IgnoreTerminate => $"exec {Path} ignore-term";

    public static string LastOutput(string words) => $"exec {LastWordsInGroup(words)}";

    /// <summary>The same as a child of the shell, which a SIGTERM to the group ends at once.</summary>
    public static string LastWordsInGroup(string words) => $"{Path} last-words '{words}'";
}
