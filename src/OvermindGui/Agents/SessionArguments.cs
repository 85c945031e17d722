using System.CommandLine;
using OvermindGui.Core.Application;
using OvermindGui.Core.Control;
using OvermindGui.Core.Storage;
using OvermindGui.Invocation;
using OvermindGui.Options;

namespace OvermindGui.Agents;

/// <summary>
/// The common arguments of verbs for scripts and agents: the folder, <c>--json</c>, and the caller's name.
/// </summary>
internal sealed class SessionArguments
{
    private readonly FolderArguments _folder = new();

    private readonly Option<bool> _json = new("--json") { Description = "Print the answer as JSON (errors too, with error.code)" };

    private readonly ClientName _client = new();

    public void AddTo(Command command, bool withJson = true)
    {
        _folder.AddTo(command, withPath: false);
        if (withJson) command.Add(_json);
        _client.AddTo(command);
    }

    /// <summary>The name that the caller gives itself; null for none.</summary>
    public string? Client(ParseResult words) => _client.Of(words);

    public bool IsJson(ParseResult words) => words.GetValue(_json);

    /// <param name="redact">Whether to hide secrets in output.</param>
    /// <exception cref="CommandFailure">The folder does not exist.</exception>
    public ProjectSession Open(ParseResult words, bool redact)
    {
        return new ProjectSession(OvermindDatabase.In(_folder.Folder(words)), new DaemonLauncher(SelfExecutable.Current()), TimeProvider.System, redact)
        {
            Initiator = _client.InitiatorOf(words),
        };
    }

    /// <summary>Prints the answer and returns the exit code: 0 success, 1 failure, 124 timeout.</summary>
    public void SetAction(Command command, Func<ParseResult, ProjectSession, Task<int>> action) => command.SetFailableAction(async words =>
    {
        try
        {
            return await action(words, Open(words, redact: false));
        }
        catch (RequestException e) when (IsJson(words))
        {
            Console.WriteLine(ApplicationJson.WriteError(e.Code, e.Message));
            return 1;
        }
        catch (RequestException e)
        {
            throw new CommandFailure($"Error: {e.Message}");
        }
    });
}
