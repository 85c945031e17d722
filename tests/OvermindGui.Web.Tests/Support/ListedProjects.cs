using OvermindGui.Core.Control;
using OvermindGui.Core.Registry;

namespace OvermindGui.Web.Tests.Support;

/// <summary>The list of a user's projects, in a folder of its own.</summary>
internal sealed class ListedProjects : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("overmind-gui-web-tests-").FullName;

    /// <param name="program">What stands in for this program; it gets the arguments. Without one, nothing can be started.</param>
    public ListedProjects(string program = "exit 1")
    {
        State = new UserState(Path.Combine(_folder, "overmind-gui"));
        Projects = new UserProjects(State, new SelfExecutable("/bin/sh", ["-c", program, "overmind-gui"]), TimeProvider.System);
    }

    public UserState State { get; }

    public UserProjects Projects { get; }

    public RegisteredProject Add(StoredProject project, params string[] arguments) => new ProjectRegistry(State).Register(project.Folder, arguments);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
