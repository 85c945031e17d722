using System.CommandLine;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Options;

/// <summary><c>--as</c>: the name that an agent or script gives itself. Verbs that only read take it too, so that it can be given to all.</summary>
internal sealed class ClientName
{
    private readonly Option<string?> _name = new("--as")
    {
        Description = $"Name of the agent or script that asks, shown with what it does (or {Initiator.ClientVariable})",
        HelpName = "name",
    };

    public void AddTo(Command command) => command.Add(_name);

    /// <summary>The name; null for none.</summary>
    public string? Of(ParseResult words) => words.GetValue(_name);

    /// <summary>Who asks: the agent or script by its name, or the user.</summary>
    public Initiator InitiatorOf(ParseResult words) => InitiatorOf(Of(words));

    /// <summary>Who asks: the agent or script by its name, or the user.</summary>
    public static Initiator InitiatorOf(string? client) =>
        client is { Length: > 0 } ? new Initiator(InitiatorKind.CommandLine, client) : Initiator.ThisUser;
}
