using System.Net;
using OvermindGui.Core.Shipping;
using OvermindGui.Core.Storage;
using OvermindGui.Otlp.Connecting;
using OvermindGui.Otlp.Protocol;

namespace OvermindGui.Otlp.Exporting;

/// <summary>
/// Sends lines until something fails. The cursor moves when the engine has answered, so that each line arrives at least once. What the engine
/// says it will never take is counted and left out, as the protocol prescribes, so that one line cannot hold up all others.
/// </summary>
internal sealed class OtlpSession(OtlpClient client, SettledLines lines, LogMessages messages, Rejections rejections, TimeSpan pace) : IShippingSession
{
    // Of lines one after the other in a batch: the rest is not tried one by one.
    private const int MostRefusals = 8;

    private int _refusals;

    public TimeSpan Pace => pace;

    public ShippingPosition Position => lines.Position;

    public string? Warning => rejections.Words;

    public async Task<RoundOutcome> RoundAsync(bool finishing, CancellationToken cancellationToken)
    {
        if (lines.Read(all: finishing) is not { } batch) return RoundOutcome.Over;
        _refusals = 0;
        if (batch.Lines.Count > 0) await SendAsync(batch.Lines, batch.Owners, cancellationToken);
        lines.Accept(batch);
        return batch.IsFull ? RoundOutcome.Full : batch.Lines.Count > 0 ? RoundOutcome.Some : RoundOutcome.Nothing;
    }

    public Task EndAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task SendAsync(IReadOnlyList<Line> some, IReadOnlyDictionary<int, LineOwner> owners, CancellationToken cancellationToken)
    {
        if (_refusals >= MostRefusals)
        {
            rejections.Add(some.Count, rejections.Reason);
            return;
        }

        try
        {
            var left = await client.SendAsync(messages.RequestOf(some, owners), cancellationToken);
            _refusals = 0;
            rejections.Add(Math.Clamp(left.RejectedLogRecords, 0, some.Count), OtlpClient.OneLine(left.ErrorMessage));
        }
        catch (OtlpException e) when (e.IsAboutContent)
        {
            // An engine that does not even take a request without lines has something against all of them.
            if (e.Status != HttpStatusCode.RequestEntityTooLarge && _refusals == 0) await client.SendAsync(new ExportLogsServiceRequest(), cancellationToken);
            if (some.Count == 1)
            {
                _refusals++;
                rejections.Add(1, e.Message);
                return;
            }

            await SendAsync([.. some.Take(some.Count / 2)], owners, cancellationToken);
            await SendAsync([.. some.Skip(some.Count / 2)], owners, cancellationToken);
        }
    }
}
