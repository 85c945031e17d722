using OvermindGui.Core.Project;

namespace OvermindGui.Daemon.Tests.Support;

/// <summary>A project folder of its own for one test.</summary>
internal sealed class TestFolder : IDisposable
{
    public TestFolder(string? procfile = null)
    {
        Folder = new ProjectFolder(Directory.CreateTempSubdirectory("overmind-gui-test-").FullName);
        if (procfile is not null) File.WriteAllText(Folder.Procfile, procfile);
    }

    public ProjectFolder Folder { get; }

    public void Dispose() => Directory.Delete(Folder.Root, recursive: true);
}
