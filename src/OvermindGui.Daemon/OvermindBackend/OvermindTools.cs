using OvermindGui.Core.Checks;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Daemon.OvermindBackend;

/// <summary>The two programs that overmind mode cannot do without.</summary>
/// <param name="Overmind">Absolute path.</param>
/// <param name="Tmux">Absolute path.</param>
/// <param name="SearchPath">PATH for overmind itself, which looks for tmux there.</param>
internal sealed record OvermindTools(string Overmind, string Tmux, string SearchPath)
{
    /// <param name="searchPath">As in PATH.</param>
    /// <exception cref="StartupException">One of them is not there; the message says how to get it.</exception>
    public static OvermindTools Find(string searchPath)
    {
        var (overmind, tmux) = (Locate("overmind", searchPath), Locate("tmux", searchPath));
        if (overmind is not null && tmux is not null) return new OvermindTools(overmind, tmux, searchPath);
        var (missing, howToGet) = (overmind, tmux) switch
        {
            (null, null) => ("overmind and tmux, which are", $"{HowToGetTmux}\n{HowToGetOvermind}"),
            (null, _) => ("overmind, which is", HowToGetOvermind),
            _ => ("tmux, which is", HowToGetTmux),
        };
        throw new StartupException($"Overmind mode needs {missing} not on the PATH\n{howToGet}\nWithout --overmind the daemon runs the processes itself");
    }

    private const string HowToGetOvermind =
        "Install overmind: brew install overmind, gem install overmind, or go install github.com/DarthSim/overmind/v2@latest";

    private const string HowToGetTmux = "Install tmux: apt install tmux, dnf install tmux, or brew install tmux";

    private static string? Locate(string name, string searchPath) =>
        ExecutableSearch.Find(name, searchPath, Environment.CurrentDirectory);
}
