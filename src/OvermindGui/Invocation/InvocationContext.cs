namespace OvermindGui.Invocation;

/// <summary>How the program was called, apart from its arguments.</summary>
internal static class InvocationContext
{
    /// <summary>The command's name for messages: that of the <c>run</c> script if it was used.</summary>
    public static string Name { get; } = Environment.GetEnvironmentVariable("OVERMIND_GUI_INVOKED_AS") ?? "overmind-gui";

    public static bool Debug { get; } = IsSet("DEBUG");

    public static bool NoBrowser { get; } = IsSet("NO_UI_LAUNCH");

    /// <summary>The second variable is that of the original overmind-gui.</summary>
    public static bool Window { get; } = IsSet("OVERMIND_GUI_WINDOW") || IsSet("USE_PYTHON_WEBVIEW");

    public static bool ShowTimestamps { get; } = IsSet("OVERMIND_SHOW_TIMESTAMPS");

    /// <summary>Any non-empty value disables colours, see no-color.org.</summary>
    public static bool NoColor { get; } = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    private static bool IsSet(string variable) =>
        Environment.GetEnvironmentVariable(variable)?.ToUpperInvariant() is "1" or "TRUE" or "YES";
}
