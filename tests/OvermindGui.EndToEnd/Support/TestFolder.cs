using OvermindGui.Core.Project;

namespace OvermindGui.EndToEnd.Support;

/// <summary>A project folder of its own for one test.</summary>
internal sealed class TestFolder : IDisposable
{
    public TestFolder(params string[] procfile)
    {
        Folder = new ProjectFolder(Directory.CreateTempSubdirectory("overmind-gui-e2e-").FullName);
        if (procfile.Length > 0) File.WriteAllLines(Folder.Procfile, procfile);
    }

    public ProjectFolder Folder { get; }

    /// <summary>The demo that <c>test_proc</c> serves.</summary>
    public static TestFolder Demo()
    {
        var folder = new TestFolder();
        foreach (var file in Directory.GetFiles(Published.Demo))
            File.Copy(file, Path.Combine(folder.Folder.Root, Path.GetFileName(file)));
        return folder;
    }

    public void Dispose()
    {
        if (Directory.Exists(Folder.Root)) Directory.Delete(Folder.Root, recursive: true); // a test may have removed it
    }
}
