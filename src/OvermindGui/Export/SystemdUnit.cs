using System.Globalization;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Export;

/// <summary>
/// A user unit that runs <c>server</c> on a folder. Stopping it works like Ctrl+C: the daemon stops each process with its own signal and
/// timeout, so systemd must not signal them.
/// </summary>
/// <param name="arguments">Options of <c>server</c>.</param>
/// <param name="environment">The caller's environment: a Procfile's programs are found on the user's PATH, not on systemd's.</param>
internal sealed class SystemdUnit(
    ProjectFolder folder, SelfExecutable executable, IReadOnlyList<string> arguments, ProjectPlan plan, Func<string, string?> environment)
{
    public const string Folder = "~/.config/systemd/user";

    // In addition to PATH: the variables that this program needs to be found and to unpack itself.
    private static readonly string[] Kept = ["PATH", "DOTNET_ROOT", "DOTNET_BUNDLE_EXTRACT_BASE_DIR"];

    // Time that the daemon needs to store remaining output after it has killed a process.
    private static readonly TimeSpan AfterLastProcess = TimeSpan.FromSeconds(25);

    /// <summary>For example <c>overmind-gui-shop.service</c>.</summary>
    public string Name { get; } = $"overmind-gui-{string.Concat(folder.Name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-'))}.service";

    public override string ToString() =>
        $"""
        [Unit]
        Description=Overmind GUI, {SystemdText.Title(folder.Root)} (Procfile)

        [Service]
        Type=exec
        ExecStart={ExecStart()}
        {string.Concat(Settings())}# As Ctrl+C: the daemon ends the processes, each by its own signal, then itself, then the dashboard.
        KillSignal=SIGINT
        TimeoutStopSec={TimeoutStop().ToString(CultureInfo.InvariantCulture)}
        # A dashboard that fails comes back and finds the daemon; the processes live on meanwhile.
        KillMode=process
        Restart=on-failure
        RestartSec=2
        # A process that gets too large is ended alone, and the daemon reports it.
        OOMPolicy=continue

        [Install]
        WantedBy=default.target

        """;

    // systemd accepts a path with a quote or a backslash only as an argument, not as the program.
    private string ExecStart()
    {
        var program = SystemdText.CanBeProgram(executable.File)
            ? SystemdText.Program(executable.File)
            : $"/usr/bin/env {SystemdText.Argument(executable.File)}";
        return string.Join(' ', [program, .. Words().Select(SystemdText.Argument)]);
    }

    private IEnumerable<string> Words() => [.. executable.Prefix, "server", folder.Root, "--no-ui", .. arguments];

    private IEnumerable<string> Settings()
    {
        if (SystemdText.CanBeLine(folder.Root)) yield return $"WorkingDirectory={SystemdText.Line(folder.Root)}\n";
        foreach (var name in Kept)
            if (environment(name) is { Length: > 0 } value) yield return $"Environment={SystemdText.Assignment(name, value)}\n";
    }

    private int TimeoutStop() =>
        (int)Math.Ceiling((plan.Processes.Select(p => p.StopTimeout).DefaultIfEmpty().Max() + AfterLastProcess).TotalSeconds);
}
