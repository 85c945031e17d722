using OvermindGui.Core.Control;

namespace OvermindGui.Core.Project;

/// <summary>
/// The folder that holds a Procfile, and the files that daemon, web and command line share in it.
/// These names are a contract with users' scripts: they never change.
/// </summary>
public sealed class ProjectFolder
{
    /// <param name="data">Where the files are that we make, when not beside the Procfile.</param>
    public ProjectFolder(string path, string? data = null)
    {
        Root = FullPath(path);
        Data = data is null ? Root : FullPath(data);
    }

    /// <summary>Absolute path of the folder.</summary>
    public string Root { get; private set; }

    /// <summary>
    /// Absolute path of the folder of the files that are made here and that nobody writes by hand. What people write (Procfile, environment
    /// files, failure declarations) stays in <see cref="Root"/>, whatever disk that is on.
    /// </summary>
    public string Data { get; private set; }

    /// <summary>Last part of the path, shown to people.</summary>
    public string Name => Path.GetFileName(Root) is { Length: > 0 } name ? name : Root;

    /// <summary>The Procfile unless another is named; a folder may have <c>Procfile.dev</c> instead, see <see cref="DefaultProcfileName"/>.</summary>
    public string Procfile => Path.Combine(Root, ProcfileName);

    public string Database => Path.Combine(Data, DatabaseFileName);

    /// <summary>Holds the daemon's decimal PID; the exclusive lock on it is the daemon's life (see <see cref="DaemonLock"/>).</summary>
    public string PidFile => Path.Combine(Data, "overmind-daemon.pid");

    /// <summary>Where the living daemon listens for commands, see <see cref="ControlSocket"/>.</summary>
    public string Socket => Path.Combine(Data, "overmind-daemon.sock");

    /// <summary>There while the living daemon cannot write the database, see <see cref="Storage.StorageFaultFile"/>.</summary>
    public string StorageFaultFile => Path.Combine(Data, "overmind-daemon.trouble");

    public string DaemonLog => Path.Combine(Data, "native-daemon.log");

    /// <summary>Texts that mean failure, by process: <c>{"web": ["text", …]}</c>.</summary>
    public string Declarations => Path.Combine(Root, DeclarationsFileName);

    /// <summary>What a browser or a program shows to come in, where the dashboard asks for it.</summary>
    public string TokenFile => Path.Combine(Data, "overmind-gui.token");

    public const string ProcfileName = "Procfile";

    /// <summary>The name of a Procfile for development, beside one for production or alone.</summary>
    public const string DevelopmentProcfileName = "Procfile.dev";

    public const string DatabaseFileName = "overmind.db";

    public const string DeclarationsFileName = "failure_declarations.json";

    /// <summary>The Procfile that is meant where none is named: <c>Procfile</c>, or <c>Procfile.dev</c> where there is only that.</summary>
    public string DefaultProcfileName() =>
        !File.Exists(Procfile) && File.Exists(Path.Combine(Root, DevelopmentProcfileName)) ? DevelopmentProcfileName : ProcfileName;

    public override string ToString() => Root;

    // For FolderFollower: every path here follows.
    internal void MoveTo(string root, string data) => (Root, Data) = (root, data);

    private static string FullPath(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
}
