namespace OvermindGui.EndToEnd.Support;

/// <summary>The executable as users run it, published by the <c>run</c> script.</summary>
internal static class Published
{
    public static string Root { get; } = FindRoot();

    public static string Executable { get; } = Path.Combine(Root, ".build", "overmind-gui", "overmind-gui");

    public static string Demo { get; } = Path.Combine(Root, "demo");

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "OvermindGui.sln"))) return folder;
        throw new InvalidOperationException("The tests must lie inside the repository");
    }
}
