using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Project.Planning;

/// <summary>The value of an option, as text, and its source.</summary>
/// <param name="Place">The flag, or the variable with the file and line that set it: <c>OVERMIND_PORT (.env line 3)</c>.</param>
public sealed record ConfiguredValue(string Value, SourceLocation Place);
