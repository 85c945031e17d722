using CliWrap;
using OvermindGui.Core.Control;

namespace OvermindGui.Daemon.Launching;

/// <summary>A command that belongs to a run, see <see cref="TaggedProcessStarter"/>.</summary>
internal sealed record TaggedCommand(Command Command, ProcessTag Mark);
