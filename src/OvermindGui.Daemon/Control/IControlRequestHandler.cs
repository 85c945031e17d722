using OvermindGui.Core.Control;

namespace OvermindGui.Daemon.Control;

/// <summary>Answers one type of request.</summary>
internal interface IControlRequestHandler
{
    /// <summary>The value of <see cref="ControlRequest.Type"/>.</summary>
    string Type { get; }

    /// <summary>
    /// Answers a request by one final message, after any number of others. It may take as long as it needs, beside everything else; it goes
    /// on when the client goes, unless it heeds <see cref="ControlExchange.ClientGone"/>.
    /// </summary>
    Task HandleAsync(ControlExchange exchange);
}
