namespace OvermindGui.EndToEnd.Support;

/// <summary>The executable as users run it, published by the <c>run</c> script.</summary>
internal static class Published
{
    public static string Root => Repository.Root;

    public static string Executable { get; } = Path.Combine(Root, ".build", "overmind-gui", "overmind-gui");

    public static string Demo { get; } = Path.Combine(Root, "demo");

    /// <summary>A folder with the demo that <c>test_proc</c> serves.</summary>
    public static TestFolder CopyDemo()
    {
        var folder = new TestFolder();
        foreach (var file in Directory.GetFiles(Demo)) File.Copy(file, Path.Combine(folder.Folder.Root, Path.GetFileName(file)));
        return folder;
    }
}
