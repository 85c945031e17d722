namespace OvermindGui.Daemon.Tests.Support;

/// <summary>Shell commands that run the child under test.</summary>
internal static class Dummy
{
    private static readonly string Path = System.IO.Path.Combine(AppContext.BaseDirectory, "OvermindGui.Dummy");

    public static string Lines(int count) => $"exec {Path} lines {count}";

    public static string Bytes(ReadOnlySpan<byte> bytes) => $"exec {Path} bytes {Convert.ToBase64String(bytes)}";

    public static string IgnoreTerminate => $"exec {Path} ignore-term";

    public static string LastWords(string words) => $"exec {Path} last-words '{words}'";
}
