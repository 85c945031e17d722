namespace OvermindGui.Core.Application;

/// <summary>A request that cannot be carried out as it was asked. The message says what is wrong and what to do next.</summary>
/// <param name="code">One word for programs, such as <c>unknown_process</c>.</param>
public sealed class RequestException(string code, string message) : Exception(message)
{
    public string Code => code;
}
