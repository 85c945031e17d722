using System.ComponentModel;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Capture;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Launching;

/// <summary>Starts children: on a terminal, or on pipes where that was chosen or no terminal can be had.</summary>
/// <param name="openTerminal">Throws <see cref="IOException"/> where none can be had.</param>
internal sealed class ChildLauncher(
    ProjectFolder folder, SessionCommand sessionCommand, Func<TerminalSize, PseudoTerminal> openTerminal, WriteQueue queue, TimeProvider time)
{
    /// <summary>The launcher for this system.</summary>
    public static ChildLauncher Create(ProjectFolder folder, WriteQueue queue, TimeProvider time)
    {
        OrphanReaper.Enable();
        return new(folder, SessionCommands.ForThisSystem(), PseudoTerminal.Open, queue, time);
    }

    /// <param name="failures">Checks the output for failures; null for no checks.</param>
    /// <exception cref="LaunchException">The process could not be started.</exception>
    public async Task<ChildProcess> StartAsync(ProcessSpec spec, RunIdentity run, RunFailureDetector? failures = null)
    {
        if (LaunchException.FindProblem(spec.Plan, folder) is { } problem) throw new LaunchException(problem);
        var (output, whyNoTerminal) = CreateOutput(spec, run, failures);
        var mark = ProcessTag.Of(folder, run.RunId);
        var child = Execute(spec, mark, output, whyNoTerminal);
        OrphanReaper.Follow(mark);
        await child.LeadsGroupAsync(time);
        return child;
    }

    /// <summary>A command in the folder and environment of a process, but in a session of its own and over pipes.</summary>
    public TaggedCommand BesideRun(ProcessSpec spec, RunIdentity run, string command) => new(
        sessionCommand(spec.Plan.Shell, command, null)
            .WithWorkingDirectory(spec.Plan.WorkingDirectory)
            .WithEnvironmentVariables(spec.Environment.OverPipes),
        ProcessTag.Of(folder, run.RunId));

    private ChildProcess Execute(ProcessSpec spec, ProcessTag mark, IChildOutput output, string? whyNoTerminal)
    {
        try
        {
            var command = sessionCommand(spec.Plan.Shell, spec.Plan.Command, output.Terminal)
                .WithWorkingDirectory(spec.Plan.WorkingDirectory)
                .WithEnvironmentVariables(output.Terminal is null ? spec.Environment.OverPipes : spec.Environment.OnTerminal);
            return new ChildProcess(command, output, mark) { WhyNoTerminal = whyNoTerminal };
        }
        catch (Win32Exception e)
        {
            output.Dispose();
            throw LaunchException.Of(e, spec.Plan, folder);
        }
    }

    private (IChildOutput Output, string? WhyNoTerminal) CreateOutput(ProcessSpec spec, RunIdentity run, RunFailureDetector? failures)
    {
        var pipes = new PipeOutput(Capture(LineSource.StandardOutput), Capture(LineSource.StandardError), time);
        if (spec.Terminal is not { } size) return (pipes, null);
        try
        {
            var terminal = openTerminal(size);
            var foreground = new ForegroundGroup(terminal.Master, terminal.Path);
            var capture = Capture(
                LineSource.Terminal, new TerminalAnswerWriter(terminal.Master).Write, new FullScreenProgram(foreground),
                new InputDetector(run, foreground, queue, time));
            return (new TerminalOutput(terminal, size, capture, pipes), null);
        }
        catch (IOException e)
        {
            return (pipes, e.Message);
        }

        StreamCapture Capture(LineSource source, AnswerReceiver? answers = null, FullScreenProgram? program = null, InputDetector? input = null) =>
            new(run, source, spec.Terminal ?? TerminalSize.Default, queue, time, failures is null ? null : new StreamFailureDetector(failures), answers, program, input,
                spec.Plan.HasLightTerminal ? TerminalColors.Light : TerminalColors.Dark);
    }
}
