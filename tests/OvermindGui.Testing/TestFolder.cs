using OvermindGui.Core.Project;

namespace OvermindGui.Testing;

/// <summary>A project folder of its own for one test.</summary>
public sealed class TestFolder : IDisposable
{
    /// <param name="procfile">The lines of its Procfile; without any there is none.</param>
    public TestFolder(params string[] procfile)
    {
        Folder = new ProjectFolder(Directory.CreateTempSubdirectory("overmind-gui-test-").FullName);
        if (procfile.Length > 0) File.WriteAllLines(Folder.Procfile, procfile);
    }

    public ProjectFolder Folder { get; }

    public void Dispose()
    {
        if (Directory.Exists(Folder.Root)) Directory.Delete(Folder.Root, recursive: true); // a test may have removed it
    }
}
