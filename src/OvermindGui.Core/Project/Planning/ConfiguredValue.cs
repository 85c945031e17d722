namespace OvermindGui.Core.Project.Planning;

/// <summary>An option as a person gave it.</summary>
/// <param name="Place">The flag, or the variable with the file and line that set it: <c>OVERMIND_PORT (.env line 3)</c>.</param>
public sealed record ConfiguredValue(string Value, string Place);
