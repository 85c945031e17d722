namespace OvermindGui.Core.Projects;

/// <summary>
/// The folder that holds a Procfile, and the files that daemon, web and command line share in it.
/// These names are a contract with users' scripts: they never change.
/// </summary>
public sealed class ProjectFolder
{
    public ProjectFolder(string path) => Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    /// <summary>Absolute path of the folder.</summary>
    public string Root { get; }

    /// <summary>Last part of the path, shown to people.</summary>
    public string Name => Path.GetFileName(Root) is { Length: > 0 } name ? name : Root;

    public string Procfile => Path.Combine(Root, "Procfile");

    public string Database => Path.Combine(Root, DatabaseFileName);

    /// <summary>Holds the daemon's decimal PID; the exclusive lock on it is the daemon's life (see <see cref="DaemonLock"/>).</summary>
    public string PidFile => Path.Combine(Root, "overmind-daemon.pid");

    /// <summary>There while the living daemon cannot write the database, see <see cref="Projects.TroubleFile"/>.</summary>
    public string TroubleFile => Path.Combine(Root, "overmind-daemon.trouble");

    public string DaemonLog => Path.Combine(Root, "native-daemon.log");

    /// <summary>Texts that mean failure, by process: <c>{"web": ["text", …]}</c>.</summary>
    public string Declarations => Path.Combine(Root, DeclarationsFileName);

    /// <summary>What a browser or a program shows to come in, where the dashboard asks for it.</summary>
    public string TokenFile => Path.Combine(Root, "overmind-gui.token");

    public const string DatabaseFileName = "overmind.db";

    public const string DeclarationsFileName = "failure_declarations.json";

    public override string ToString() => Root;
}
