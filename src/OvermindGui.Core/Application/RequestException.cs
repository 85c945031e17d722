namespace OvermindGui.Core.Application;

/// <summary>A request that cannot be carried out. The message says what is wrong and what to do next.</summary>
/// <param name="code">A machine-readable word, such as <c>unknown_process</c>.</param>
public sealed class RequestException(string code, string message) : Exception(message)
{
    public string Code => code;
}
