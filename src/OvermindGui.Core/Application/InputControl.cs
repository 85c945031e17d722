using OvermindGui.Core.Terminal;

namespace OvermindGui.Core.Application;

/// <summary>What to type into a process.</summary>
/// <param name="Text">A text; Enter follows it unless <paramref name="Enter"/> is false.</param>
/// <param name="Keys">Keys to press after the text, by name.</param>
/// <param name="WaitFor">A regular expression to wait for in what is printed after; by default until nothing more is printed.</param>
public sealed record TypedInput(
    string Process, string? Text = null, IReadOnlyList<string>? Keys = null, bool Enter = true, string? WaitFor = null, double TimeoutS = 10, int MaxBytes = LogRequest.DefaultBytes);

/// <summary>What was printed after something was typed.</summary>
/// <param name="Result">printed, matched, or timeout when what was waited for has not come.</param>
public sealed record InputReport(int V, string Result, string Process, LogReport Output, string? Cursor);

/// <summary>Implements <c>send</c>.</summary>
public sealed class InputControl(ProjectSession session)
{
    private const int LongestText = 64 * 1024;
    private const int QuietMs = 300;

    /// <summary>Types it, and waits for nothing.</summary>
    /// <exception cref="RequestException">It cannot be typed.</exception>
    public async Task TypeAsync(TypedInput request, CancellationToken cancellationToken)
    {
        var input = InputOf(request);
        if (ProjectSession.Select(session.Read(), [request.Process]) is not [var process])
            throw Refused($"process: {request.Process} means several processes; name one of its instances");
        var outcome = await session.Commands.TypeAsync(process.Name, input, cancellationToken);
        if (!outcome.Succeeded) throw new RequestException("not_typed", outcome.Message);
    }

    /// <summary>Types it, and returns what is printed after it.</summary>
    /// <exception cref="RequestException">It cannot be typed.</exception>
    public async Task<InputReport> SendAsync(TypedInput request, CancellationToken cancellationToken)
    {
        var timeout = WaitTime.Of(request.TimeoutS, WaitQuery.Longest).TotalSeconds;
        var cursor = LineCursor.Newest(session.Database)?.ToString();
        if (request.WaitFor is { Length: > 0 } expression) WaitQuery.CheckPattern(expression, "wait_for");
        await TypeAsync(request, cancellationToken);
        var process = ProjectSession.Select(session.Read(), [request.Process])[0];
        var wait = new WaitQuery(session);
        var waited = request.WaitFor is { Length: > 0 } pattern
            ? await wait.WaitAsync(new WaitRequest([process.Name], "line", pattern, Cursor: cursor, TimeoutS: timeout), null, cancellationToken)
            : await wait.WaitAsync(new WaitRequest([process.Name], "quiet", QuietMs: QuietMs, TimeoutS: Math.Min(timeout, 5)), null, cancellationToken);
        var output = new LogQuery(session).Read(new LogRequest([process.Name], cursor, MaxBytes: request.MaxBytes));
        return new InputReport(1, request.WaitFor is { Length: > 0 } ? waited.Result : "printed", process.Name, output, output.Cursor);
    }

    private static string InputOf(TypedInput request)
    {
        if (request.Text is null && request.Keys is not { Count: > 0 }) throw Refused("Give a text, or keys");
        if (request.Text is { Length: > LongestText }) throw Refused($"text: expected at most {LongestText} characters");
        if (request.Keys?.FirstOrDefault(key => TerminalKeys.Sequence(key) is null) is { } unknown)
            throw Refused($"keys: there is no key \"{unknown}\" (known: {TerminalKeys.Known})");
        return request.Text + (request.Text is not null && request.Enter ? "\r" : "") + string.Concat((request.Keys ?? []).Select(TerminalKeys.Sequence));
    }

    private static RequestException Refused(string message) => new(RequestException.BadRequestCode, message);
}
