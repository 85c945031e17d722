namespace OvermindGui.Daemon.OvermindBackend;

/// <summary>A piece of what overmind prints.</summary>
/// <param name="Process">The name in front; null where there was none.</param>
/// <param name="Message">What overmind says by it, should these be its words; then it is one line.</param>
/// <param name="Bytes">As they stood behind the prefix, with newlines: a part of a line, a line or several. Valid until the splitter is fed again.</param>
internal readonly record struct OvermindOutputText(string? Process, OvermindMessage? Message, ReadOnlyMemory<byte> Bytes);
