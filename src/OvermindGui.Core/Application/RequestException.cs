using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Application;

/// <summary>A request that cannot be carried out. The message says what is wrong and what to do next.</summary>
/// <param name="code">A machine-readable word, such as <c>unknown_process</c>.</param>
public sealed class RequestException(string code, string message) : Exception(message)
{
    /// <summary>A name that belongs to no process.</summary>
    public const string UnknownProcessCode = "unknown_process";

    /// <summary>Too many calls at the same time.</summary>
    public const string BusyCode = "busy";

    /// <summary>The caller's tier does not include this.</summary>
    public const string NotAllowedCode = "not_allowed";

    /// <summary>A parameter with an unusable value; the message names it.</summary>
    public const string BadRequestCode = "bad_request";

    /// <summary>A regular expression that cannot be used; the message names the place.</summary>
    public const string BadPatternCode = "bad_pattern";

    /// <summary>A text that is no cursor.</summary>
    public const string BadCursorCode = "bad_cursor";

    public string Code => code;

    public static RequestException UnknownProcess(string name, IEnumerable<string> known) => new(UnknownProcessCode, UnknownProcessText.Of(name, known));
}
