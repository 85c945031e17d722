using System.Text.Json;
using OvermindGui.Core.Alerts;
using OvermindGui.Daemon.Alerts;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Control;

/// <summary>Tests and mutes alerts: see <see cref="AlertRequest"/>.</summary>
internal sealed class AlertRequestHandler(AlertEngine engine, AlertSender sender, EventRecorder recorder) : IControlRequestHandler
{
    private const int MostMinutes = 7 * 24 * 60;

    public string Type => AlertRequest.Type;

    public async Task HandleAsync(ControlExchange exchange)
    {
        var (what, rule) = (exchange.Request.Command, exchange.Request.Argument ?? "");
        if (engine.FindProblem(rule) is { } unknown)
        {
            await exchange.ReplyOutcomeAsync(false, unknown);
            return;
        }

        if (what == "test") engine.Test(rule);
        else if (what == "mute" && Minutes(exchange) is >= 0 and <= MostMinutes and var minutes) sender.Mute(rule, minutes);
        else
        {
            await exchange.ReplyOutcomeAsync(false, $"Expected test, or mute with minutes from 0 to {MostMinutes}");
            return;
        }

        await recorder.StoredAsync(exchange.ClientGone);
        await exchange.ReplyOutcomeAsync(true, what == "test" ? $"Testing \"{rule}\"; the history says what comes of it" : $"Muted \"{rule}\"");
    }

    private static int Minutes(ControlExchange exchange) =>
        exchange.Request.Fields?.TryGetValue("minutes", out var value) is true && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var minutes) ? minutes : -1;
}
