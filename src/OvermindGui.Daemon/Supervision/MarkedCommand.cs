using CliWrap;
using OvermindGui.Core.Processes;

namespace OvermindGui.Daemon.Supervision;

/// <summary>A command that belongs to a run, see <see cref="MarkedStart"/>.</summary>
internal sealed record MarkedCommand(Command Command, RunMark Mark);
