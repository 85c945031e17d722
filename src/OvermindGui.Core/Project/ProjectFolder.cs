using OvermindGui.Core.Control;

namespace OvermindGui.Core.Project;

/// <summary>
/// The folder that contains a Procfile, and the files in it that daemon, web and CLI share. Users' scripts depend on these names: they
/// never change.
/// </summary>
public sealed class ProjectFolder
{
    /// <param name="data">The folder for generated files, if it is not the Procfile's.</param>
    public ProjectFolder(string path, string? data = null)
    {
        Root = FullPath(path);
        Data = data is null ? Root : FullPath(data);
    }

    /// <summary>Absolute path of the folder.</summary>
    public string Root { get; private set; }

    /// <summary>
    /// Absolute path of the folder for generated files. Hand-written files (Procfile, environment files, failure declarations) stay in <see
    /// cref="Root"/>.
    /// </summary>
    public string Data { get; private set; }

    /// <summary>Last part of the path, for display.</summary>
    public string Name => Path.GetFileName(Root) is { Length: > 0 } name ? name : Root;

    /// <summary>The Procfile. Without an explicit name it may be <c>Procfile.dev</c>, see <see cref="DefaultProcfileName"/>.</summary>
    public string Procfile => Path.Combine(Root, ProcfileName);

    public string Database => Path.Combine(Data, DatabaseFileName);

    /// <summary>
    /// Contains the daemon's decimal PID. An exclusive lock on it means that the daemon is alive (see <see cref="DaemonLock"/>).
    /// </summary>
    public string PidFile => Path.Combine(Data, "overmind-daemon.pid");

    /// <summary>The socket on which the daemon listens for commands, see <see cref="ControlSocket"/>.</summary>
    public string Socket => Path.Combine(Data, "overmind-daemon.sock");

    /// <summary>Exists while the daemon cannot write the database, see <see cref="Storage.StorageFaultFile"/>.</summary>
    public string StorageFaultFile => Path.Combine(Data, "overmind-daemon.trouble");

    public string DaemonLog => Path.Combine(Data, "native-daemon.log");

    /// <summary>Failure patterns by process: <c>{"web": ["text", …]}</c>.</summary>
    public string Declarations => Path.Combine(Root, DeclarationsFileName);

    /// <summary>The access token, if the dashboard requires one.</summary>
    public string TokenFile => Path.Combine(Data, "overmind-gui.token");

    /// <summary>What agents may do at most, see <see cref="Control.AgentPolicyFile"/>.</summary>
    public string AgentPolicyFile => Path.Combine(Data, "overmind-gui.agents");

    public const string ProcfileName = "Procfile";

    /// <summary>The conventional name of a development Procfile.</summary>
    public const string DevelopmentProcfileName = "Procfile.dev";

    public const string DatabaseFileName = "overmind.db";

    public const string DeclarationsFileName = "failure_declarations.json";

    /// <summary>The default Procfile: <c>Procfile</c>, or <c>Procfile.dev</c> if only that exists.</summary>
    public string DefaultProcfileName() =>
        !File.Exists(Procfile) && File.Exists(Path.Combine(Root, DevelopmentProcfileName)) ? DevelopmentProcfileName : ProcfileName;

    public override string ToString() => Root;

    // Called by FolderFollower; all paths here derive from it.
    internal void MoveTo(string root, string data) => (Root, Data) = (root, data);

    private static string FullPath(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
}
